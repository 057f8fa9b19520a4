package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** 40 real chest films in 9 transfer syntaxes, against what other decoders made of them. */
class RealFilmsTest {

    private static Stream<DynamicTest> eachFilm(Check check) throws IOException {
        Path folder = SharedFilms.data().resolve("dicom");
        return SharedFilms.manifest(folder.resolve("manifest.csv")).stream().map(row -> DynamicTest.dynamicTest(
                row.get("file"), () -> check.of(row, folder.resolve(row.get("file")))));
    }

    private interface Check {
        void of(Map<String, String> expected, Path file) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> readsNoAttributeWrong() throws IOException {
        return eachFilm((expected, path) -> {
            DicomFile file = DicomFile.read(path);
            Attributes film = file.dataset();
            assertAll(
                    () -> assertEquals(expected.get("transfer_syntax"), file.syntax().uid()),
                    () -> assertText(expected, "sop_class", film, Tag.SOP_CLASS_UID),
                    () -> assertText(expected, "sop_uid", film, Tag.SOP_INSTANCE_UID),
                    () -> assertText(expected, "study_uid", film, Tag.STUDY_INSTANCE_UID),
                    () -> assertText(expected, "series_uid", film, Tag.SERIES_INSTANCE_UID),
                    () -> assertText(expected, "modality", film, Tag.MODALITY),
                    () -> assertText(expected, "photometric", film, Tag.PHOTOMETRIC_INTERPRETATION),
                    () -> assertText(expected, "view", film, Tag.VIEW_POSITION),
                    () -> assertText(expected, "patient_id", film, Tag.PATIENT_ID),
                    () -> assertText(expected, "patient_sex", film, Tag.PATIENT_SEX),
                    () -> assertText(expected, "patient_age", film, Tag.PATIENT_AGE),
                    () -> assertText(expected, "accession_number", film, Tag.ACCESSION_NUMBER),
                    () -> assertText(expected, "rows", film, Tag.ROWS),
                    () -> assertText(expected, "bits_stored", film, Tag.BITS_STORED),
                    () -> assertText(expected, "window_center", film, Tag.WINDOW_CENTER),
                    () -> assertText(expected, "rescale_intercept", film, Tag.RESCALE_INTERCEPT),
                    () -> assertEquals(expected.get("character_set"),
                            String.join("\\", film.strings(Tag.SPECIFIC_CHARACTER_SET))),
                    () -> assertText(expected, "patient_name", film, Tag.PATIENT_NAME));
        });
    }

    private static void assertText(Map<String, String> expected, String column, Attributes film, int tag) {
        assertEquals(expected.get(column), film.string(tag, ""), column);
    }

    @TestFactory
    Stream<DynamicTest> decodesNoPixelWrong() throws IOException {
        return eachFilm((expected, path) -> {
            DicomFile file = DicomFile.read(path);
            PixelImage image = PixelDecoder.decode(file);
            if (expected.get("sha256_kind").equals("exact")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.stored());
                assertEquals(expected.get("pixel_sha256"), HexFormat.of().formatHex(digest));
            }
            assertStatistics(expected, image);
        });
    }

    /** Another JPEG baseline decoder may differ by a grey level or two in places. */
    private static void assertStatistics(Map<String, String> expected, PixelImage image) {
        double tolerance = expected.get("sha256_kind").equals("exact") ? 0 : 2;
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        double sum = 0;
        for (int pixel = 0; pixel < image.columns() * image.rows(); pixel++) {
            least = Math.min(least, image.value(pixel));
            most = Math.max(most, image.value(pixel));
            sum += image.value(pixel);
        }
        assertEquals(Double.parseDouble(expected.get("pixel_min")), least, tolerance);
        assertEquals(Double.parseDouble(expected.get("pixel_max")), most, tolerance);
        assertEquals(Double.parseDouble(expected.get("pixel_mean")), sum / (image.columns() * image.rows()), 0.05);
    }

    @TestFactory
    Stream<DynamicTest> countsNoPixelLengthWrong() throws IOException {
        return eachFilm((expected, path) -> {
            DicomHeader header = DicomHeader.read(path, DicomLimits.DEFAULT);
            assertTrue(header.pixels().complaint(header.dataset()).isEmpty());
            assertEquals(header.syntax().isEncapsulated(), header.pixels().encapsulated());
            if (!header.syntax().isEncapsulated()) {
                int bytes = 1024 * 1024 * Integer.parseInt(expected.get("bits_allocated")) / 8;
                assertEquals(bytes, header.pixels().found());
                assertEquals(bytes, header.pixels().expected());
            }
        });
    }
}
