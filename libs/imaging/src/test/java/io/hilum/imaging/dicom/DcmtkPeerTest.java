package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write, dcmtk reads; what dcmtk compresses, we decode to the bit. */
class DcmtkPeerTest {

    @TempDir
    Path folder;

    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + output);
        return output;
    }

    static void needs(String tool) {
        boolean there = List.of("/usr/bin/", "/usr/local/bin/").stream().anyMatch(bin -> Files.isExecutable(Path.of(bin + tool)));
        Assumptions.assumeTrue(there, "SKIPPED: " + tool + " is not installed (apt-get install dcmtk)");
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT_LE", "EXPLICIT_LE", "DEFLATED_LE", "EXPLICIT_BE"})
    void writesNothingThatDcmtkReadsDifferently(TransferSyntax syntax) throws Exception {
        needs("dcmdump");
        Path file = folder.resolve("film.dcm");
        Files.write(file, DicomWriter.toBytes(RoundTripTest.film(), syntax));
        String dump = run("dcmdump", "--print-all", file.toString());
        assertTrue(!dump.contains("W: ") && !dump.contains("E: "), dump);
        for (String expected : List.of("[ORIGINAL\\PRIMARY\\]", "[Тестов^Один]", "[0.143\\", "SS -2000", "[-5]",
                "[антеро-posterior]", "[inner]", "0000\\0001\\0002\\0123\\0abc\\0fff", "[HILUM TEST]")) {
            assertTrue(dump.contains(expected), expected + " is not in " + dump);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 08-dx-explicit-le-16bit-mono2.dcm", "2, 09-cr-explicit-le-8bit-mono1.dcm",
        "3, 08-dx-explicit-le-16bit-mono2.dcm", "4, 06-dx-explicit-le-12bit-mono2.dcm",
        "5, 09-cr-explicit-le-8bit-mono1.dcm", "6, 06-dx-explicit-le-12bit-mono2.dcm",
        "7, 08-dx-explicit-le-16bit-mono2.dcm"})
    void decodesNoPredictorDifferentlyFromDcmtk(int predictor, String name) throws Exception {
        needs("dcmcjpeg");
        Path source = SharedFilms.data().resolve("dicom").resolve(name);
        Path packed = folder.resolve("packed.dcm");
        run("dcmcjpeg", "--encode-lossless", "+sv", Integer.toString(predictor), source.toString(), packed.toString());
        DicomFile compressed = DicomFile.read(packed);
        assertEquals(TransferSyntax.JPEG_LOSSLESS, compressed.syntax());
        assertArrayEquals(PixelDecoder.decode(DicomFile.read(source)).stored(), PixelDecoder.decode(compressed).stored());
    }

    @Test
    void decodesManyFragmentsOfDcmtk() throws Exception {
        needs("dcmcrle");
        Path source = SharedFilms.data().resolve("dicom/06-dx-explicit-le-12bit-mono2.dcm");
        byte[] expected = PixelDecoder.decode(DicomFile.read(source)).stored();
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("dcmcrle", "+fs", "8", "-ot"));
        commands.add(List.of("dcmcjpeg", "--encode-lossless-sv1", "+fs", "8", "+ot"));
        for (List<String> command : commands) {
            Path packed = folder.resolve("packed.dcm");
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of(source.toString(), packed.toString()));
            run(arguments.toArray(String[]::new));
            DicomFile compressed = DicomFile.read(packed);
            Element.Encapsulated pixels = (Element.Encapsulated) compressed.dataset().element(Tag.PIXEL_DATA).orElseThrow();
            assertTrue(pixels.fragments().size() > 10, command + " made " + pixels.fragments().size());
            assertArrayEquals(expected, PixelDecoder.decode(compressed).stored(), command.toString());
        }
    }

    @Test
    void writesFragmentsThatDcmtkDecodes() throws Exception {
        needs("dcmdjpeg");
        Path source = SharedFilms.data().resolve("dicom/28-dx-jpeg-lossless-sv1-12bit-mono2.dcm");
        DicomFile film = DicomFile.read(source);
        Path copy = folder.resolve("copy.dcm");
        Path unpacked = folder.resolve("unpacked.dcm");
        Files.write(copy, DicomWriter.toBytes(film.dataset(), film.syntax()));
        run("dcmdjpeg", copy.toString(), unpacked.toString());
        assertArrayEquals(PixelDecoder.decode(film).stored(), PixelDecoder.decode(DicomFile.read(unpacked)).stored());
    }
}
