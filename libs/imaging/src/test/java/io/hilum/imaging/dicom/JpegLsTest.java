package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real films do not cover of JPEG-LS: odd precisions, NEAR, preset parameters, restarts and refusals. */
class JpegLsTest {

    private static final int COLUMNS = TestFilms.COLUMNS;
    private static final int[] NONE = new int[5];

    private static DicomException refusal(int bits, byte[] stream) {
        Attributes film = TestFilms.film(16, bits).putFragments(Tag.PIXEL_DATA, List.of(stream));
        DicomException refusal = assertThrows(
                DicomException.class, () -> PixelDecoder.decode(film, TransferSyntax.JPEG_LS_LOSSLESS));
        assertEquals(DicomFault.PIXEL_STREAM, refusal.fault());
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void changesNoValueOfAnyPrecision(int bits) throws DicomException {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = new TestJpegLs(COLUMNS, bits, 0).encode(pixels);
        assertArrayEquals(pixels, TestFilms.decoded(bits <= 8 ? 8 : 16, bits, stream, TransferSyntax.JPEG_LS_LOSSLESS));
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "8, 3", "8, 127", "10, 2", "12, 5", "12, 255", "16, 1", "16, 200", "16, 255", "3, 2"})
    void leavesNoValueFurtherThanNear(int bits, int near) throws DicomException {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = new TestJpegLs(COLUMNS, bits, near).encode(pixels);
        int[] decoded = TestFilms.decoded(16, bits, stream, TransferSyntax.JPEG_LS_NEAR);
        for (int i = 0; i < pixels.length; i++) {
            assertTrue(Math.abs(pixels[i] - decoded[i]) <= near, "pixel " + i + ": " + pixels[i] + " became " + decoded[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0, 0, 0, 0, 0, 0", "12, 0, 4000, 10, 40, 200, 20", "8, 0, 255, 9, 9, 9, 255", "8, 2, 200, 5, 20, 30, 3",
        "16, 0, 0, 18, 67, 276, 64", "16, 0, 65535, 1, 1, 65535, 65535", "10, 0, 0, 0, 0, 300, 0", "9, 0, 99, 0, 0, 0, 0"})
    void believesPresetParameters(int bits, int near, int maxval, int t1, int t2, int t3, int reset) throws DicomException {
        int most = maxval == 0 ? (1 << bits) - 1 : maxval;
        int[] pixels = Arrays.stream(TestFilms.pixels(bits)).map(value -> Math.min(value, most)).toArray();
        byte[] stream = new TestJpegLs(COLUMNS, bits, near, new int[] {maxval, t1, t2, t3, reset}, 0).encode(pixels);
        int[] decoded = TestFilms.decoded(16, bits, stream, TransferSyntax.JPEG_LS_NEAR);
        for (int i = 0; i < pixels.length; i++) {
            assertTrue(Math.abs(pixels[i] - decoded[i]) <= near, "pixel " + i + ": " + pixels[i] + " became " + decoded[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "12, 4", "16, 7", "12, 30"})
    void startsAfreshAfterEachRestartMarker(int bits, int lines) throws DicomException {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = new TestJpegLs(COLUMNS, bits, 0, null, lines).encode(pixels);
        assertArrayEquals(pixels, TestFilms.decoded(16, bits, stream, TransferSyntax.JPEG_LS_LOSSLESS));
    }

    @Test
    void losesNoPixelOfLongRuns() throws DicomException {
        int[] flat = new int[COLUMNS * TestFilms.ROWS];
        Arrays.fill(flat, 77);
        flat[5 * COLUMNS + 20] = 4000;
        flat[6 * COLUMNS + 36] = 0;
        byte[] stream = new TestJpegLs(COLUMNS, 12, 0).encode(flat);
        assertTrue(stream.length < 80, "a flat film has " + stream.length + " bytes");
        assertArrayEquals(flat, TestFilms.decoded(16, 12, stream, TransferSyntax.JPEG_LS_LOSSLESS));
    }

    @Test
    void joinsFragmentsCutWithinACode() throws DicomException {
        int[] pixels = TestFilms.pixels(12);
        byte[] stream = new TestJpegLs(COLUMNS, 12, 0).encode(pixels);
        List<byte[]> parts = List.of(Arrays.copyOfRange(stream, 0, 3), Arrays.copyOfRange(stream, 3, 200),
                Arrays.copyOfRange(stream, 200, 201), Arrays.copyOfRange(stream, 201, stream.length));
        Attributes film = TestFilms.film(16, 12).put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, new byte[0], parts));
        assertArrayEquals(pixels, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.JPEG_LS_LOSSLESS)));
    }

    @Test
    void keepsTheSignWhereAStreamCarriesWholeContainers() throws DicomException {
        int[] values = Arrays.stream(TestFilms.pixels(12)).map(value -> value - 2048).toArray();
        for (int mask : new int[] {0xFFFF, 0x0FFF}) {
            int[] containers = Arrays.stream(values).map(value -> value & mask).toArray();
            byte[] stream = new TestJpegLs(COLUMNS, 16, 0).encode(containers);
            Attributes film = TestFilms.film(16, 12).putInt(Tag.PIXEL_REPRESENTATION, 1)
                    .putFragments(Tag.PIXEL_DATA, List.of(stream));
            assertArrayEquals(values, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.JPEG_LS_LOSSLESS)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void refusesAStreamCutAnywhere(int restartLines) {
        byte[] stream = new TestJpegLs(COLUMNS, 12, 0, null, restartLines).encode(TestFilms.pixels(12));
        for (int length = 1; length < stream.length - 3; length++) {
            refusal(12, Arrays.copyOf(stream, length));
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 0, 0", "8, 2, 0", "16, 0, 4"})
    void survivesEveryDamage(int bits, int near, int restartLines) {
        byte[] whole = new TestJpegLs(COLUMNS, bits, near, new int[] {0, 0, 0, 0, 40}, restartLines).encode(TestFilms.pixels(bits));
        Random random = new Random(bits);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 20_000; i++) {
                byte[] damaged = whole.clone();
                for (int hits = 1 + random.nextInt(5); hits > 0; hits--) {
                    int range = random.nextBoolean() ? 45 : whole.length;
                    damaged[random.nextInt(range)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                }
                outcome(damaged);
            }
        });
    }

    /** Anything but a DicomException fails the test. */
    private static void outcome(byte[] stream) {
        try {
            TestFilms.decoded(16, 12, stream, TransferSyntax.JPEG_LS_NEAR);
        } catch (DicomException refused) {
            assertTrue(!refused.getMessage().isBlank());
        }
    }

    @Test
    void holdsNoMoreThanTheFilmOfAHeader() {
        byte[] stream = new TestJpegLs(COLUMNS, 12, 0).encode(TestFilms.pixels(12));
        byte[] large = patched(patched(stream, 7, 0xFF), 9, 0xFF);
        Attributes film = TestFilms.film(16, 12).putInt(Tag.ROWS, 0xFF17).putInt(Tag.COLUMNS, 0xFF25)
                .putFragments(Tag.PIXEL_DATA, List.of(large));
        DicomException refusal = assertThrows(DicomException.class, () -> PixelDecoder.decode(film, TransferSyntax.JPEG_LS_NEAR));
        assertEquals(DicomFault.TOO_LARGE, refusal.fault());
    }

    @Test
    void saysWhatIsWrongWithAHeader() {
        int[] pixels = TestFilms.pixels(12);
        byte[] good = new TestJpegLs(COLUMNS, 12, 0).encode(pixels);
        assertSays("not JPEG-LS (SOF55)", patched(good, 3, 0xC3));
        assertSays("segment of 65291 bytes", patched(good, 4, 0xFF));
        assertSays("components of 17 bits", patched(good, 6, 17));
        assertSays("the header says 37 x 23", patched(good, 8, 24));
        assertSays("the header says 37 x 23", patched(good, 9, 0xFF));
        assertSays("3 components", patched(good, 11, 3));
        assertSays("without tables and point transform", patched(good, 21, 1));
        assertSays("MAXVAL 3 and NEAR 2", patched(patched(good, 6, 2), 22, 2));
        assertSays("without tables and point transform", patched(good, 24, 1));
        byte[] preset = new TestJpegLs(COLUMNS, 12, 0, new int[] {4095, 10, 20, 30, 64}, 0).encode(pixels);
        assertSays("MAXVAL 65535", patched(patched(preset, 20, 0xFF), 21, 0xFF));
        assertSays("thresholds 65290, 20, 30", patched(preset, 22, 0xFF));
        assertSays("RESET 2", patched(preset, 29, 2));
        assertSays("a wrong length", patched(new TestJpegLs(COLUMNS, 12, 0, NONE, 0).encode(pixels), 18, 14));
    }

    private static void assertSays(String words, byte[] stream) {
        String sentence = refusal(12, stream).getMessage();
        assertTrue(sentence.contains(words), sentence + " does not say: " + words);
    }

    private static byte[] patched(byte[] stream, int at, int value) {
        byte[] patched = stream.clone();
        patched[at] = (byte) value;
        return patched;
    }
}
