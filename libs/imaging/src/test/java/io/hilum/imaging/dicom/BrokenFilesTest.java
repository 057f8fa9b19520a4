package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Damaged files: each refused with its own cause, or read where its meaning is clear. */
class BrokenFilesTest {

    /** What a door that reads the header, checks the pixel length and later decodes must say. */
    private static final Map<String, DicomFault> CAUSES = Map.of(
            "truncated-pixels.dcm", DicomFault.TRUNCATED,
            "bad-preamble.dcm", DicomFault.NOT_DICOM,
            "zero-length.dcm", DicomFault.EMPTY,
            "short-pixel-data.dcm", DicomFault.PIXEL_LENGTH,
            "png-renamed.dcm", DicomFault.NOT_DICOM,
            "huge-length.dcm", DicomFault.TOO_LARGE,
            "truncated-jpeg.dcm", DicomFault.PIXEL_STREAM,
            "unknown-transfer-syntax.dcm", DicomFault.UNKNOWN_TRANSFER_SYNTAX);

    @TestFactory
    Stream<DynamicTest> letsNoDamagedFilePass() throws IOException {
        Path folder = SharedFilms.data().resolve("dicom/broken");
        return SharedFilms.manifest(folder.resolve("manifest.csv")).stream()
                .filter(row -> row.get("expected").startsWith("refuse") && !row.get("expected").contains("or read"))
                .map(row -> DynamicTest.dynamicTest(row.get("file"), () -> {
                    DicomException refusal = assertThrows(
                            DicomException.class, () -> PixelDecoder.decode(DicomFile.read(folder.resolve(row.get("file")))));
                    assertEquals(CAUSES.get(row.get("file")), refusal.fault(), refusal.getMessage());
                }));
    }

    @Test
    void refusesNothingForAWrongGroupLength() throws IOException {
        Path folder = SharedFilms.data().resolve("dicom");
        DicomFile damaged = DicomFile.read(folder.resolve("broken/wrong-group-length.dcm"));
        DicomFile whole = DicomFile.read(folder.resolve("06-dx-explicit-le-12bit-mono2.dcm"));
        assertEquals(whole.dataset().toString(), damaged.dataset().toString());
    }

    @Test
    void tellsTheLengthsOfShortPixelData() throws IOException {
        Path file = SharedFilms.data().resolve("dicom/broken/short-pixel-data.dcm");
        DicomHeader header = DicomHeader.read(file, DicomLimits.DEFAULT);
        DicomException complaint = header.pixels().complaint(header.dataset()).orElseThrow();
        assertEquals(DicomFault.PIXEL_LENGTH, complaint.fault());
        assertTrue(complaint.getMessage().contains("1048576") && complaint.getMessage().contains("2097152"),
                complaint.getMessage());
    }

    @TestFactory
    Stream<DynamicTest> stopsAtNoObjectThatIsNoChestFilm() throws IOException {
        Path folder = SharedFilms.data().resolve("dicom/not-chest");
        return SharedFilms.manifest(folder.resolve("manifest.csv")).stream()
                .map(row -> DynamicTest.dynamicTest(row.get("file"), () -> {
                    DicomHeader header = DicomHeader.read(folder.resolve(row.get("file")), DicomLimits.DEFAULT);
                    boolean directory = row.get("file").equals("dicomdir.dcm");
                    assertEquals(row.get("modality"), header.dataset().string(Tag.MODALITY, ""));
                    assertEquals(row.get("sop_class"), directory
                            ? header.meta().string(Tag.MEDIA_STORAGE_SOP_CLASS_UID, "")
                            : header.dataset().string(Tag.SOP_CLASS_UID, ""));
                    assertEquals(row.get("has_pixel_data").equals("1"), header.pixels().present());
                    DicomFile whole = DicomFile.read(folder.resolve(row.get("file")));
                    assertTrue(whole.dataset().size() >= header.dataset().size());
                }));
    }
}
