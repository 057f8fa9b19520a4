package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real films do not cover: other predictors, restarts, signs, lengths, fragments and refusals. */
class PixelDecoderTest {

    private static final int COLUMNS = TestFilms.COLUMNS;
    private static final int ROWS = TestFilms.ROWS;

    private static DicomFault fault(Attributes film, TransferSyntax syntax) {
        return assertThrows(DicomException.class, () -> PixelDecoder.decode(film, syntax)).fault();
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1, 0, 0", "8, 7, 0, 4", "12, 2, 0, 0", "12, 3, 0, 0", "12, 4, 0, 1", "16, 1, 0, 0", "16, 4, 0, 0",
        "16, 5, 0, 7", "16, 6, 0, 0", "16, 7, 0, 0", "12, 1, 3, 0", "16, 5, 2, 5"})
    void changesNoValueOfLosslessJpeg(int bits, int predictor, int pointTransform, int restartRows) throws DicomException {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = new TestJpegLossless(COLUMNS, bits, predictor, pointTransform, restartRows).encode(pixels);
        Attributes film = TestFilms.film(bits == 8 ? 8 : 16, bits).putFragments(Tag.PIXEL_DATA, List.of(stream));
        int[] expected = Arrays.stream(pixels).map(value -> value >> pointTransform << pointTransform).toArray();
        assertArrayEquals(expected, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.JPEG_LOSSLESS)));
    }

    @Test
    void decodesTheDifferenceWithoutExtraBits() throws DicomException {
        int[] pixels = new int[COLUMNS * ROWS];
        Arrays.setAll(pixels, i -> i % 2 * 0x8000);
        byte[] stream = new TestJpegLossless(COLUMNS, 16, 1, 0, 0).encode(pixels);
        Attributes film = TestFilms.film(16, 16).putFragments(Tag.PIXEL_DATA, List.of(stream));
        assertArrayEquals(pixels, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.JPEG_LOSSLESS_SV1)));
    }

    @Test
    void joinsFragmentsWhateverTheOffsetTableSays() throws DicomException {
        int[] pixels = TestFilms.pixels(12);
        byte[] stream = new TestJpegLossless(COLUMNS, 12, 1, 0, 0).encode(pixels);
        List<byte[]> parts = List.of(Arrays.copyOfRange(stream, 0, 100), Arrays.copyOfRange(stream, 100, 101),
                Arrays.copyOfRange(stream, 101, stream.length));
        byte[] wrong = {9, 9, 9, 9};
        Attributes film = TestFilms.film(16, 12).put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, wrong, parts));
        assertArrayEquals(pixels, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.JPEG_LOSSLESS_SV1)));
    }

    @Test
    void refusesLosslessJpegCutAnywhere() {
        byte[] stream = new TestJpegLossless(COLUMNS, 12, 1, 0, 0).encode(TestFilms.pixels(12));
        for (int length = 2; length < stream.length - 4; length += 2) {
            Attributes film = TestFilms.film(16, 12).putFragments(Tag.PIXEL_DATA, List.of(Arrays.copyOf(stream, length)));
            assertEquals(DicomFault.PIXEL_STREAM, fault(film, TransferSyntax.JPEG_LOSSLESS_SV1), "cut at " + length);
        }
    }

    @Test
    void believesTheStreamsPrecisionNotBitsStored() throws DicomException {
        byte[] stream = new TestJpegLossless(COLUMNS, 12, 1, 0, 0).encode(TestFilms.pixels(12));
        PixelImage image = PixelDecoder.decode(
                TestFilms.film(16, 10).putFragments(Tag.PIXEL_DATA, List.of(stream)), TransferSyntax.JPEG_LOSSLESS_SV1);
        assertEquals(12, image.bitsStored());
        assertArrayEquals(TestFilms.pixels(12), TestFilms.values(image));
        Attributes tooFew = TestFilms.film(8, 8).putFragments(Tag.PIXEL_DATA, List.of(stream));
        assertEquals(DicomFault.PIXEL_STREAM, fault(tooFew, TransferSyntax.JPEG_LOSSLESS_SV1));
    }

    @Test
    void refusesAStreamOfAnotherSize() {
        byte[] stream = new TestJpegLossless(COLUMNS, 12, 1, 0, 0).encode(TestFilms.pixels(12));
        Attributes film = TestFilms.film(16, 12).putInt(Tag.ROWS, ROWS + 1).putFragments(Tag.PIXEL_DATA, List.of(stream));
        assertEquals(DicomFault.PIXEL_STREAM, fault(film, TransferSyntax.JPEG_LOSSLESS_SV1));
    }

    @Test
    void unpacksRleRunsOfAllKinds() throws DicomException {
        byte[] segment = new byte[64 + 4 + 4 + 2];
        segment[0] = 1;
        segment[4] = 64;
        byte[] packed = {2, 7, 8, 9, -128, (byte) -126, 5, 0, 1};
        System.arraycopy(packed, 0, segment, 64, packed.length);
        Attributes film = TestFilms.film(8, 8).putInt(Tag.ROWS, 1).putInt(Tag.COLUMNS, 131)
                .putFragments(Tag.PIXEL_DATA, List.of(segment));
        int[] expected = new int[131];
        Arrays.fill(expected, 5);
        expected[0] = 7;
        expected[1] = 8;
        expected[2] = 9;
        expected[130] = 1;
        assertArrayEquals(expected, TestFilms.values(PixelDecoder.decode(film, TransferSyntax.RLE)));
        segment[4] = 100;
        assertEquals(DicomFault.PIXEL_STREAM, fault(film, TransferSyntax.RLE));
    }

    @Test
    void checksTheLengthOfNativePixels() throws DicomException {
        int bytes = 2 * COLUMNS * ROWS;
        Attributes film = TestFilms.film(16, 12).putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[bytes - 2]);
        assertEquals(DicomFault.PIXEL_LENGTH, fault(film, TransferSyntax.EXPLICIT_LE));
        film.putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[bytes + 2]);
        assertEquals(bytes, PixelDecoder.decode(film, TransferSyntax.EXPLICIT_LE).stored().length);
        film.putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[bytes + 2 * COLUMNS]);
        assertEquals(DicomFault.PIXEL_LENGTH, fault(film, TransferSyntax.EXPLICIT_LE), "a row too many: Rows is wrong");
        assertEquals(DicomFault.NO_PIXEL_DATA, fault(film.remove(Tag.PIXEL_DATA), TransferSyntax.EXPLICIT_LE));
    }

    @Test
    void showsNoFirstFrameOfMany() {
        Attributes film = TestFilms.film(16, 12).putInt(Tag.NUMBER_OF_FRAMES, 2)
                .putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[4 * COLUMNS * ROWS]);
        assertEquals(DicomFault.UNSUPPORTED_PIXELS, fault(film, TransferSyntax.EXPLICIT_LE));
    }

    @Test
    void refusesWhatIsNoGreyRadiograph() {
        Attributes film = TestFilms.film(8, 8).putBytes(Tag.PIXEL_DATA, Vr.OB, new byte[COLUMNS * ROWS]);
        assertEquals(DicomFault.UNSUPPORTED_PIXELS,
                fault(film.putString(Tag.PHOTOMETRIC_INTERPRETATION, "RGB"), TransferSyntax.EXPLICIT_LE));
        film.putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2");
        assertEquals(DicomFault.BAD_ATTRIBUTE, fault(film.putInt(Tag.BITS_STORED, 9), TransferSyntax.EXPLICIT_LE));
        assertEquals(DicomFault.UNSUPPORTED_PIXELS, fault(film.putInt(Tag.BITS_ALLOCATED, 32), TransferSyntax.EXPLICIT_LE));
        assertEquals(DicomFault.BAD_ATTRIBUTE, fault(film.remove(Tag.ROWS), TransferSyntax.EXPLICIT_LE));
    }

    @Test
    void namesTheTransferSyntaxItCannotDecode() {
        for (TransferSyntax syntax : TransferSyntax.values()) {
            if (!syntax.isDecodable()) {
                Attributes film = TestFilms.film(16, 12).putFragments(Tag.PIXEL_DATA, List.of(new byte[100]));
                DicomException refusal = assertThrows(DicomException.class, () -> PixelDecoder.decode(film, syntax));
                assertEquals(DicomFault.UNSUPPORTED_TRANSFER_SYNTAX, refusal.fault());
                assertTrue(refusal.getMessage().contains(syntax.uid()));
            }
        }
    }
}
