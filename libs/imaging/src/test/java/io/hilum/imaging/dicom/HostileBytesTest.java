package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: a result or a DicomException, in bounded time and memory. */
class HostileBytesTest {

    private static final long UNDEFINED = 0xFFFFFFFFL;

    /** @return the refusal, or null when the bytes were taken; anything but a DicomException fails the test */
    private static DicomException outcome(byte[] bytes) throws IOException {
        try {
            PixelDecoder.decode(DicomFile.read(new ByteArrayInputStream(bytes), DicomLimits.DEFAULT));
            return null;
        } catch (DicomException refusal) {
            return refusal;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT_LE", "EXPLICIT_LE", "DEFLATED_LE", "EXPLICIT_BE"})
    void takesNoTruncatedFileWhereverItWasCut(TransferSyntax syntax) throws IOException {
        byte[] whole = DicomWriter.toBytes(RoundTripTest.film(), syntax);
        for (int length = 0; length < whole.length; length++) {
            // Only a cut between two elements can be read, and then the pixels are missing.
            DicomException refusal = outcome(Arrays.copyOf(whole, length));
            assertTrue(refusal != null && !refusal.getMessage().isBlank(), "cut at " + length);
        }
        assertEquals(null, outcome(whole));
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT_LE", "EXPLICIT_LE", "DEFLATED_LE", "EXPLICIT_BE"})
    void survivesEveryDamagedByte(TransferSyntax syntax) throws IOException {
        byte[] whole = DicomWriter.toBytes(RoundTripTest.film(), syntax);
        for (int at = 132; at < whole.length; at++) {
            for (int value : new int[] {0, 0xFF, 0x80, 1}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) value;
                outcome(damaged);
            }
        }
        Random random = new Random(syntax.ordinal());
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
                damaged[132 + random.nextInt(whole.length - 132)] = (byte) random.nextInt();
            }
            outcome(damaged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "22-cr-rle-8bit-mono2.dcm", "19-dx-rle-12bit-mono2.dcm", "25-cr-jpeg-baseline-8bit-mono2.dcm",
        "29-dx-jpeg-lossless-sv1-12bit-mono1.dcm", "31-cr-jpeg-lossless-sv1-8bit-mono2.dcm",
        "33-dx-jpeg-ls-12bit-mono2.dcm", "36-cr-jpeg-ls-8bit-mono2.dcm", "40-cr-jpeg2000-8bit-mono2.dcm"})
    void survivesDamagedCompressedPixels(String name) throws IOException {
        byte[] whole = Files.readAllBytes(SharedFilms.data().resolve("dicom").resolve(name));
        Random random = new Random(7);
        for (int i = 0; i < 25; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(5); hits > 0; hits--) {
                // Half of the hits go where headers and tables are.
                int range = random.nextBoolean() ? 1200 : whole.length - 1100;
                damaged[1100 + random.nextInt(range)] = (byte) random.nextInt();
            }
            outcome(damaged);
            // A film that was cut in transfer but encapsulated again must not come out half.
            outcome(Arrays.copyOf(whole, 2000 + random.nextInt(whole.length - 2000)));
        }
    }

    @Test
    void allocatesNothingForAClaimedLength() {
        TestBytes claim = TestBytes.part10(TransferSyntax.EXPLICIT_LE).longHeader(Tag.PIXEL_DATA, "OW", 0xFFFFFFF0L);
        assertEquals(DicomFault.TOO_LARGE, assertThrows(DicomException.class, claim::readFile).fault());
        TestBytes under = TestBytes.part10(TransferSyntax.EXPLICIT_LE).longHeader(Tag.PIXEL_DATA, "OW", 60 << 20);
        long before = usedMemoryOfThisThread();
        assertEquals(DicomFault.TRUNCATED, assertThrows(DicomException.class, under::readFile).fault());
        assertTrue(usedMemoryOfThisThread() - before < 4 << 20, "60 MiB were claimed, none came");
    }

    private static long usedMemoryOfThisThread() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    @Test
    void inflatesNoBomb() throws IOException {
        Attributes bomb = RoundTripTest.film().putBytes(0x00291001, Vr.OB, new byte[80 << 20]);
        byte[] bytes = DicomWriter.toBytes(bomb, TransferSyntax.DEFLATED_LE);
        assertTrue(bytes.length < 200_000);
        assertEquals(DicomFault.TOO_LARGE, outcome(bytes).fault());
    }

    @Test
    void nestsNoDeeperThanAllowed() {
        TestBytes bytes = TestBytes.part10(TransferSyntax.IMPLICIT_LE);
        for (int i = 0; i < 100_000; i++) {
            bytes.implicitHeader(Tag.VIEW_CODE_SEQUENCE, UNDEFINED).implicitHeader(Tag.ITEM, UNDEFINED);
        }
        assertEquals(DicomFault.TOO_LARGE, assertThrows(DicomException.class, bytes::readFile).fault());
    }

    @Test
    void countsElementsAgainstManySmallOnes() {
        TestBytes bytes = TestBytes.part10(TransferSyntax.IMPLICIT_LE).implicitHeader(Tag.VIEW_CODE_SEQUENCE, UNDEFINED);
        for (int i = 0; i < 300_000; i++) {
            bytes.implicitHeader(Tag.ITEM, 0);
        }
        assertEquals(DicomFault.TOO_LARGE, assertThrows(DicomException.class, bytes::readFile).fault());
    }

    @Test
    void decodesNoFilmThatClaimsMorePixelsThanFitMemory() throws IOException {
        Attributes film = RoundTripTest.film().putInt(Tag.ROWS, 65535).putInt(Tag.COLUMNS, 65535)
                .putFragments(Tag.PIXEL_DATA, java.util.List.of(new byte[100]));
        assertEquals(DicomFault.TOO_LARGE, outcome(DicomWriter.toBytes(film, TransferSyntax.RLE)).fault());
    }

    @Test
    void hangsOnNoGarbage() {
        Random random = new Random(3);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 2000; i++) {
                byte[] garbage = new byte[random.nextInt(2000)];
                random.nextBytes(garbage);
                TestBytes file = TestBytes.part10(TransferSyntax.values()[random.nextInt(4)]).raw(garbage);
                outcome(file.bytes());
                outcome(garbage);
            }
        });
    }

    @Test
    void passesOnTheTransportsOwnErrors() {
        java.io.InputStream broken = new java.io.InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        IOException error = assertThrows(IOException.class, () -> DicomFile.read(broken, DicomLimits.DEFAULT));
        assertTrue(!(error instanceof DicomException));
    }

    @Test
    void readsNoFolder() {
        assertThrows(IOException.class, () -> DicomFile.read(Path.of("/")));
    }
}
