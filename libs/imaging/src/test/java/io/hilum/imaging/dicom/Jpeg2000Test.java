package io.hilum.imaging.dicom;

import static io.hilum.imaging.dicom.TestJpeg2000.patched;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG 2000 codestreams that nobody should send, and the ones that many do. */
class Jpeg2000Test {

    private static final int TLM = 0x55;
    private static final int POC = 0x5F;
    private static final int COM = 0x64;

    private static byte[] stream(int bits) {
        return TestJpeg2000.encode(TestFilms.pixels(bits), bits, 64);
    }

    private static int[] decoded(int bits, byte[] stream) throws DicomException {
        return TestFilms.decoded(bits, bits, stream, TransferSyntax.JPEG_2000_LOSSLESS);
    }

    private static DicomException refusal(byte[] stream) {
        return assertThrows(DicomException.class, () -> decoded(16, stream));
    }

    private static void assertSays(String words, byte[] stream) {
        String sentence = refusal(stream).getMessage();
        assertTrue(sentence.contains(words), sentence + " does not say: " + words);
    }

    @ParameterizedTest
    @CsvSource({"8, 64", "16, 64", "8, 16", "16, 16"})
    void changesNoValue(int bits, int tile) throws DicomException {
        int[] pixels = TestFilms.pixels(bits);
        assertArrayEquals(pixels, decoded(bits, TestJpeg2000.encode(pixels, bits, tile)));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 16})
    void refusesAStreamCutAnywhere(int tile) throws DicomException {
        byte[] whole = TestJpeg2000.encode(TestFilms.pixels(16), 16, tile);
        // A fragment is filled up to an even length, so that a last byte alone may be replaced by that.
        for (int length = 0; length < whole.length - 3; length++) {
            assertEquals(DicomFault.PIXEL_STREAM, refusal(Arrays.copyOf(whole, length)).fault(), "cut at " + length);
        }
        // An end marker alone loses nothing, nor do zeros behind it.
        int[] pixels = TestFilms.pixels(16);
        assertArrayEquals(pixels, decoded(16, Arrays.copyOf(whole, whole.length - 2)));
        assertArrayEquals(pixels, decoded(16, Arrays.copyOf(whole, whole.length + 3)));
    }

    @Test
    void takesALastTilePartOfUnknownLengthOnlyWithItsEnd() throws DicomException {
        byte[] whole = stream(16);
        byte[] open = patched(whole, TestJpeg2000.firstTilePart(whole) + 4, 0, 0, 0, 0);
        assertArrayEquals(TestFilms.pixels(16), decoded(16, Arrays.copyOf(open, open.length + 1)));
        assertSays("end marker is missing", Arrays.copyOf(open, open.length - 2));
    }

    @Test
    void survivesEveryDamageInSilence() {
        byte[] whole = TestJpeg2000.encode(TestFilms.pixels(16), 16, 16);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            System.setErr(caught);
            Random random = new Random(11);
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
                for (int i = 0; i < 4000; i++) {
                    byte[] damaged = whole.clone();
                    for (int hits = 1 + random.nextInt(5); hits > 0; hits--) {
                        int range = random.nextBoolean() ? 150 : whole.length;
                        damaged[random.nextInt(range)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                    }
                    outcome(damaged);
                }
            });
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    /** Anything but a DicomException fails the test. */
    private static void outcome(byte[] stream) {
        try {
            decoded(16, stream);
        } catch (DicomException refused) {
            assertTrue(!refused.getMessage().isBlank());
        }
    }

    @Test
    void hangsOnNoOnesInAPacketHeader() {
        byte[] whole = stream(16);
        int data = TestJpeg2000.behind(whole, 0x93);
        byte[] ones = whole.clone();
        Arrays.fill(ones, data, ones.length - 2, (byte) 0xFF);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertSays("FF behind FF", ones));
    }

    @Test
    void letsNoIndexOfTilePartsLeadAstray() throws DicomException {
        byte[] whole = TestJpeg2000.encode(TestFilms.pixels(16), 16, 16);
        byte[] liar = TestJpeg2000.withSegment(whole, TLM, 0, 0x40, 0x7F, 0xFF, 0xFF, 0xFF);
        assertArrayEquals(TestFilms.pixels(16), decoded(16, liar));
    }

    @Test
    void saysWhatIsWrongWithAHeader() {
        byte[] good = stream(16);
        assertSays("does not start as a JPEG 2000 codestream", patched(good, 1, 0xD8));
        assertSays("High-Throughput", patched(good, 6, 0x40));
        assertSays("it is 38 x 23 pixels, the header says 37 x 23", patched(good, 11, 38));
        assertSays("a whole film", patched(good, 8, 0x7F));
        assertSays("a whole film", patched(good, 19, 1));
        assertSays("a whole film", patched(good, 8 + 35, 2));
        assertSays("3 components", patched(good, 41, 3));
        assertSays("components of 17 bits", patched(good, 42, 16));
        int cod = TestJpeg2000.codingStyle(good);
        assertSays("no layers", patched(good, cod + 4, 0, 0));
        assertSays("none of JPEG 2000 part 1", patched(good, cod + 7, 33));
        assertSays("none of JPEG 2000 part 1", patched(good, cod + 8, 9));
        assertSays("none of JPEG 2000 part 1", patched(good, cod + 10, 0x40));
        assertSays("out of order", patched(good, TestJpeg2000.firstTilePart(good) + 3, 7));
        assertSays("goes past its end", patched(good, TestJpeg2000.firstTilePart(good) + 4, 1));
        assertSays("progression order", TestJpeg2000.withSegment(good, POC, 0, 0, 0, 1, 3, 1, 0));
        byte[] tiled = TestJpeg2000.encode(TestFilms.pixels(16), 16, 32);
        assertSays("tile 1 of 2 is missing", patched(tiled, secondTile(tiled), 0xFF, 0xD9));
    }

    private static int secondTile(byte[] tiled) {
        int first = TestJpeg2000.firstTilePart(tiled);
        return first - 2 + ((tiled[first + 6] & 0xFF) << 8 | tiled[first + 7] & 0xFF);
    }

    @Test
    void holdsNoMoreThanAFilmOfClaimedPieces() {
        byte[] good = stream(16);
        int cod = TestJpeg2000.codingStyle(good);
        long before = allocated();
        // 60,000 x 1,000 pixels in blocks of 4 x 4, in 65,535 layers, in tiles of 4 x 4; then a heap of comments.
        byte[] large = patched(good, 8, 0, 0, 0xEA, 0x60, 0, 0, 3, 0xE8);
        byte[] oneTile = patched(large, 24, 0, 0, 0xEA, 0x60, 0, 0, 3, 0xE8);
        byte[] blocks = patched(oneTile, cod + 8, 0, 0);
        byte[] layers = patched(oneTile, cod + 4, 0xFF, 0xFF);
        byte[] tiles = patched(large, 24, 0, 0, 0, 4, 0, 0, 0, 4);
        Attributes film = TestFilms.film(16, 16).putInt(Tag.COLUMNS, 60_000).putInt(Tag.ROWS, 1000);
        // Precincts two pixels wide at one resolution and two high at another: few, but on a fine grid.
        byte[] grid = TestJpeg2000.withPrecincts(oneTile, 0xFF, 0xFF, 0xF1, 0x1F);
        for (byte[] hostile : List.of(blocks, layers, tiles, grid)) {
            film.putFragments(Tag.PIXEL_DATA, List.of(hostile));
            String sentence = assertThrows(DicomException.class, () -> PixelDecoder.decode(film, TransferSyntax.JPEG_2000)).getMessage();
            assertTrue(sentence.contains("more than can be held") || sentence.contains("more than 4096 tiles"), sentence);
        }
        assertTrue(allocated() - before < 4 << 20, "120 MB were claimed, 2 KB came");
        byte[] many = new byte[70_000 * 4 + good.length];
        int at = TestJpeg2000.firstTilePart(good) - 2;
        System.arraycopy(good, 0, many, 0, at);
        for (int i = at; i < at + 70_000 * 4; i += 4) {
            System.arraycopy(new byte[] {(byte) 0xFF, COM, 0, 2}, 0, many, i, 4);
        }
        System.arraycopy(good, at, many, at + 70_000 * 4, good.length - at);
        assertSays("more than 65536 segments", many);
    }

    @Test
    void reservesTheCoefficientsOfWavelets() throws IOException {
        Attributes film = RoundTripTest.film().putFragments(Tag.PIXEL_DATA, List.of(new byte[100]));
        long pixels = film.integer(Tag.ROWS, 0) * film.integer(Tag.COLUMNS, 0);
        long decoded = workingBytes(film, TransferSyntax.JPEG_LS_LOSSLESS);
        assertEquals(pixels * film.integer(Tag.BITS_ALLOCATED, 0) / 8, decoded);
        assertEquals(decoded + 4 * pixels, workingBytes(film, TransferSyntax.JPEG_2000));
    }

    private static long workingBytes(Attributes film, TransferSyntax syntax) throws IOException {
        byte[] bytes = DicomWriter.toBytes(film, syntax);
        return PixelDecoder.workingBytes(
                DicomReader.part10(new ByteArrayInputStream(bytes), DicomLimits.DEFAULT).readBeforePixels());
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    @Test
    void mixesNoFilmsThatAreDecodedAtOnce() {
        List<byte[]> streams = List.of(stream(8), stream(16));
        IntStream.range(0, 64).parallel().forEach(i -> {
            int bits = i % 2 == 0 ? 8 : 16;
            try {
                assertArrayEquals(TestFilms.pixels(bits), decoded(bits, streams.get(i % 2)));
            } catch (DicomException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void decodesALossyFilmOfADevice() throws Exception {
        PixelImage film = PixelDecoder.decode(
                DicomFile.read(SharedFilms.data().resolve("dicom/not-chest/cr-ankle-jpeg2000.dcm")));
        assertEquals("1760 x 1760, 10 bits", film.columns() + " x " + film.rows() + ", " + film.bitsStored() + " bits");
        long sum = IntStream.range(0, 1760 * 1760).mapToLong(film::value).sum();
        // What GDCM decodes, which is OpenJPEG, has this mean, too, and differs by 1 at most.
        assertEquals(332.717, (double) sum / (1760 * 1760), 0.005);
    }
}
