package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written comes back, in every encoding. */
class RoundTripTest {

    static Attributes film() {
        Attributes code = new Attributes()
                .putString(Tag.CODE_VALUE, "399348003")
                .putString(Tag.CODING_SCHEME_DESIGNATOR, "SCT")
                .putItems(Tag.VIEW_MODIFIER_CODE_SEQUENCE, new Attributes().putString(Tag.CODE_VALUE, "inner"), new Attributes());
        Attributes film = new Attributes()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.1.1")
                .putString(Tag.SOP_INSTANCE_UID, "2.25.4711")
                .putString(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "")
                .putString(Tag.STUDY_DATE, "20260131")
                .putString(Tag.STUDY_TIME, "235959.25")
                .putString(Tag.PATIENT_NAME, "Тестов^Один")
                .putString(Tag.PATIENT_COMMENTS, " two spaces \\ and a backslash")
                .putEmpty(Tag.ACCESSION_NUMBER)
                .putDouble(Tag.IMAGER_PIXEL_SPACING, 0.143, 1.0 / 3)
                .putInt(Tag.SERIES_NUMBER, -5)
                .putInt(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInt(Tag.ROWS, 2)
                .putInt(Tag.COLUMNS, 3)
                .putInt(Tag.BITS_ALLOCATED, 16)
                .putInt(Tag.BITS_STORED, 12)
                .putInt(Tag.HIGH_BIT, 11)
                .putInt(Tag.PIXEL_REPRESENTATION, 1)
                .putInt(Tag.PIXEL_PADDING_VALUE, -2000)
                .putString(0x00290010, Vr.LO, "HILUM TEST")
                .putInt(0x00291001, Vr.UL, 123456789)
                .putItems(Tag.VIEW_CODE_SEQUENCE, code)
                .putInt(Tag.PIXEL_DATA, Vr.OW, 0, 1, 2, 0x123, 0xABC, 0xFFF);
        code.putString(Tag.CODE_MEANING, "антеро-posterior");
        return film;
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT_LE", "EXPLICIT_LE", "DEFLATED_LE", "EXPLICIT_BE"})
    void losesNothingInAnyEncoding(TransferSyntax syntax) throws IOException {
        DicomFile file = DicomFile.read(
                new ByteArrayInputStream(DicomWriter.toBytes(film(), syntax)), DicomLimits.DEFAULT);
        Attributes back = file.dataset();
        assertEquals(syntax, file.syntax());
        assertEquals("2.25.4711", file.meta().uid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID).orElseThrow());
        assertEquals(List.of("ORIGINAL", "PRIMARY", ""), back.strings(Tag.IMAGE_TYPE));
        assertEquals(LocalDate.of(2026, 1, 31), back.date(Tag.STUDY_DATE).orElseThrow());
        assertEquals(LocalTime.of(23, 59, 59, 250_000_000), back.time(Tag.STUDY_TIME).orElseThrow());
        assertEquals("Тестов", back.personName(Tag.PATIENT_NAME).orElseThrow().component(PersonName.Component.FAMILY));
        assertEquals(" two spaces \\ and a backslash", back.string(Tag.PATIENT_COMMENTS, ""));
        assertEquals(-5, back.integer(Tag.SERIES_NUMBER, 0));
        assertEquals(-2000, back.integer(Tag.PIXEL_PADDING_VALUE, 0));
        assertArrayEquals(new double[] {0.143, 1.0 / 3}, back.decimals(Tag.IMAGER_PIXEL_SPACING), 1e-13);
        Attributes code = back.item(Tag.VIEW_CODE_SEQUENCE).orElseThrow();
        assertEquals("антеро-posterior", code.string(Tag.CODE_MEANING, ""), "items inherit the character set");
        assertEquals("inner", code.items(Tag.VIEW_MODIFIER_CODE_SEQUENCE).get(0).string(Tag.CODE_VALUE, ""));
        assertEquals(2, code.items(Tag.VIEW_MODIFIER_CODE_SEQUENCE).size());
        assertEquals(0xABC - 0x1000, PixelDecoder.decode(file).value(4));
        if (syntax.isExplicitVr()) {
            assertEquals(123456789, back.integer(0x00291001, 0));
            assertEquals(film().toString(), back.toString());
        }
    }

    @Test
    void rewritesNoByteOfText() throws IOException {
        byte[] once = DicomWriter.toBytes(film(), TransferSyntax.EXPLICIT_LE);
        DicomFile file = DicomFile.read(new ByteArrayInputStream(once), DicomLimits.DEFAULT);
        assertArrayEquals(once, DicomWriter.toBytes(file.dataset(), file.syntax()));
    }

    @Test
    void wrapsNetworkBytesInAFileUnchanged() throws IOException {
        ByteArrayOutputStream network = new ByteArrayOutputStream();
        DicomWriter.writeDataset(network, film(), TransferSyntax.IMPLICIT_LE);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DicomWriter.writeMeta(file, new FileMeta(
                "1.2.840.10008.5.1.4.1.1.1.1", "2.25.4711", TransferSyntax.IMPLICIT_LE.uid(), "MODALITY1"));
        network.writeTo(file);
        DicomFile back = DicomFile.read(new ByteArrayInputStream(file.toByteArray()), DicomLimits.DEFAULT);
        assertEquals("MODALITY1", back.meta().string(Tag.SOURCE_APPLICATION_ENTITY_TITLE, ""));
        assertEquals("2.25.4711", back.dataset().uid(Tag.SOP_INSTANCE_UID).orElseThrow());
    }

    @Test
    void writesValuesTooLongForTheirVrAsUnknown() throws IOException {
        String longText = "x".repeat(70_000);
        Attributes dataset = new Attributes().putString(Tag.IMAGE_COMMENTS, longText);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DicomWriter.writeDataset(bytes, dataset, TransferSyntax.EXPLICIT_LE);
        Attributes back = DicomReader.dataset(new ByteArrayInputStream(bytes.toByteArray()),
                TransferSyntax.EXPLICIT_LE, DicomLimits.DEFAULT).readAll().dataset();
        assertEquals(longText, back.string(Tag.IMAGE_COMMENTS, ""));
    }

    @Test
    void writesNoTextItsCharacterSetCannotHold() {
        Attributes dataset = new Attributes();
        assertThrows(IllegalArgumentException.class, () -> dataset.putString(Tag.PATIENT_NAME, "Тестов"));
        dataset.putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100");
        assertThrows(IllegalArgumentException.class, () -> dataset.putString(Tag.PATIENT_NAME, "Тестов"));
    }

    @Test
    void writesNoFragmentsWhereNativePixelsBelong() {
        Attributes film = film().putFragments(Tag.PIXEL_DATA, List.of(new byte[10]));
        assertThrows(IllegalArgumentException.class, () -> DicomWriter.toBytes(film, TransferSyntax.EXPLICIT_LE));
        assertThrows(IllegalArgumentException.class, () -> DicomWriter.toBytes(film(), TransferSyntax.RLE));
    }
}
