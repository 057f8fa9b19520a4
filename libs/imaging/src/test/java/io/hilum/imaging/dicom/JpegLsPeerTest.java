package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JPEG-LS against dcmtk, whose coder is CharLS: what it packs and what our tests pack, both unpack to the same bits. It
 * knows no precision under 8.
 */
class JpegLsPeerTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void dcmtk() {
        DcmtkPeerTest.needs("dcmcjpls");
        DcmtkPeerTest.needs("dcmdjpls");
    }

    private byte[] unpackedByDcmtk(Path packed) throws Exception {
        Path unpacked = folder.resolve("unpacked.dcm");
        DcmtkPeerTest.run("dcmdjpls", packed.toString(), unpacked.toString());
        return PixelDecoder.decode(DicomFile.read(unpacked)).stored();
    }

    @ParameterizedTest
    @CsvSource({
        "09-cr-explicit-le-8bit-mono1.dcm, +el", "06-dx-explicit-le-12bit-mono2.dcm, +el +pc",
        "08-dx-explicit-le-16bit-mono2.dcm, +el", "06-dx-explicit-le-12bit-mono2.dcm, +el +fs 8 -ot",
        "06-dx-explicit-le-12bit-mono2.dcm, +el +t1 5 +t2 90 +t3 400 +rs 33",
        "09-cr-explicit-le-8bit-mono1.dcm, +en +md 1", "06-dx-explicit-le-12bit-mono2.dcm, +en +md 2",
        "06-dx-explicit-le-12bit-mono2.dcm, +en +md 9 +pc", "08-dx-explicit-le-16bit-mono2.dcm, +en +md 30"})
    void decodesNothingOfDcmtkDifferently(String name, String options) throws Exception {
        Path source = SharedFilms.data().resolve("dicom").resolve(name);
        Path packed = folder.resolve("packed.dcm");
        List<String> command = new ArrayList<>(List.of("dcmcjpls"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(source.toString(), packed.toString()));
        DcmtkPeerTest.run(command.toArray(String[]::new));
        DicomFile compressed = DicomFile.read(packed);
        boolean lossless = options.contains("+el");
        assertEquals(lossless ? TransferSyntax.JPEG_LS_LOSSLESS : TransferSyntax.JPEG_LS_NEAR, compressed.syntax());
        byte[] decoded = PixelDecoder.decode(compressed).stored();
        assertArrayEquals(unpackedByDcmtk(packed), decoded);
        byte[] original = PixelDecoder.decode(DicomFile.read(source)).stored();
        assertEquals(lossless, Arrays.equals(original, decoded));
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "8, 3", "9, 0", "10, 0", "10, 2", "11, 0", "12, 7", "13, 0", "14, 1", "15, 0", "16, 40"})
    void packsNothingInItsTestsThatDcmtkUnpacksDifferently(int bits, int near) throws Exception {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = new TestJpegLs(TestFilms.COLUMNS, bits, near).encode(pixels);
        Attributes film = TestFilms.film(bits <= 8 ? 8 : 16, bits).putFragments(Tag.PIXEL_DATA, List.of(stream))
                .putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.1").putString(Tag.SOP_INSTANCE_UID, "1.2.3");
        Path packed = folder.resolve("packed.dcm");
        Files.write(packed, DicomWriter.toBytes(film, TransferSyntax.JPEG_LS_NEAR));
        byte[] decoded = PixelDecoder.decode(DicomFile.read(packed)).stored();
        assertArrayEquals(unpackedByDcmtk(packed), decoded);
        assertTrue(decoded.length >= pixels.length);
    }
}
