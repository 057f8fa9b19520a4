package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oddities of real devices' encodings, one by one. */
class EncodingTest {

    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int PRIVATE_CREATOR = 0x00290010;
    private static final int PRIVATE = 0x00291008;

    @Test
    void letsNoLeakedMetaIntoTheDataset() throws IOException {
        DicomFile explicit = TestBytes.part10(TransferSyntax.EXPLICIT_LE)
                .shortElement(Tag.SOURCE_APPLICATION_ENTITY_TITLE, "AE", "LEAK")
                .shortElement(Tag.PATIENT_ID, "LO", "42")
                .readFile();
        assertEquals("42", explicit.dataset().string(Tag.PATIENT_ID, ""));
        DicomFile implicit = TestBytes.part10(TransferSyntax.IMPLICIT_LE)
                .implicitHeader(Tag.SOURCE_APPLICATION_ENTITY_TITLE, 4).text("LEAK")
                .implicitHeader(Tag.PATIENT_ID, 2).text("42")
                .readFile();
        DicomFile bigEndian = TestBytes.part10(TransferSyntax.EXPLICIT_BE)
                .shortElement(Tag.SOURCE_APPLICATION_ENTITY_TITLE, "AE", "LEAK")
                .shortElement(Tag.PATIENT_ID, "LO", "42")
                .readFile();
        for (DicomFile file : List.of(explicit, implicit, bigEndian)) {
            assertEquals(1, file.dataset().size());
            assertEquals("42", file.dataset().string(Tag.PATIENT_ID, ""));
        }
    }

    @Test
    void stopsAtNoOddLength() throws IOException {
        Attributes dataset = TestBytes.littleEndian()
                .shortElement(Tag.PATIENT_ID, "LO", "123")
                .shortElement(Tag.PATIENT_SEX, "CS", "F")
                .readDataset(TransferSyntax.EXPLICIT_LE);
        assertEquals("123", dataset.string(Tag.PATIENT_ID, ""));
        assertEquals("F", dataset.string(Tag.PATIENT_SEX, ""));
    }

    @Test
    void readsUndefinedLengthsOfSequencesAndItems() throws IOException {
        Attributes dataset = TestBytes.littleEndian()
                .longHeader(Tag.VIEW_CODE_SEQUENCE, "SQ", UNDEFINED)
                .implicitHeader(Tag.ITEM, UNDEFINED)
                .shortElement(Tag.CODE_VALUE, "SH", "R-10206 ")
                .implicitHeader(Tag.ITEM_DELIMITER, 0)
                .implicitHeader(Tag.ITEM, 10)
                .shortElement(Tag.CODE_VALUE, "SH", "AB")
                .implicitHeader(Tag.SEQUENCE_DELIMITER, 0)
                .shortElement(Tag.PRESENTATION_LUT_SHAPE, "CS", "IDENTITY")
                .readDataset(TransferSyntax.EXPLICIT_LE);
        assertEquals("R-10206", dataset.items(Tag.VIEW_CODE_SEQUENCE).get(0).string(Tag.CODE_VALUE, ""));
        assertEquals("AB", dataset.items(Tag.VIEW_CODE_SEQUENCE).get(1).string(Tag.CODE_VALUE, ""));
        assertEquals("IDENTITY", dataset.string(Tag.PRESENTATION_LUT_SHAPE, ""));
    }

    @Test
    void readsUnknownOfUndefinedLengthAsImplicitSequence() throws IOException {
        for (TransferSyntax syntax : List.of(TransferSyntax.EXPLICIT_LE, TransferSyntax.EXPLICIT_BE)) {
            boolean big = syntax.isBigEndian();
            byte[] content = TestBytes.littleEndian()
                    .implicitHeader(Tag.ITEM, UNDEFINED)
                    .implicitHeader(Tag.CODE_VALUE, 2).text("AB")
                    .implicitHeader(Tag.ITEM_DELIMITER, 0)
                    .implicitHeader(Tag.SEQUENCE_DELIMITER, 0)
                    .bytes();
            Attributes dataset = (big ? TestBytes.bigEndian() : TestBytes.littleEndian())
                    .longHeader(PRIVATE, "UN", UNDEFINED).raw(content)
                    .shortElement(0x00400007, "LO", "XY")
                    .readDataset(syntax);
            assertEquals("AB", dataset.items(PRIVATE).get(0).string(Tag.CODE_VALUE, ""));
            assertEquals("XY", dataset.string(0x00400007, ""));
        }
    }

    @Test
    void losesNoPrivateElement() throws IOException {
        Attributes implicit = TestBytes.littleEndian()
                .implicitHeader(PRIVATE_CREATOR, 8).text("ACME 1.0")
                .implicitHeader(PRIVATE, 4).text("abcd")
                .readDataset(TransferSyntax.IMPLICIT_LE);
        assertEquals(PRIVATE, implicit.privateTag("ACME 1.0", 0x0029, 0x08).orElseThrow());
        assertTrue(implicit.privateTag("OTHER", 0x0029, 0x08).isEmpty());
        assertArrayEquals("abcd".getBytes(), implicit.bytes(PRIVATE).orElseThrow());
        assertEquals(Vr.UN, implicit.element(PRIVATE).orElseThrow().vr());
    }

    @Test
    void takesSignsFromPixelRepresentation() throws IOException {
        Attributes dataset = TestBytes.littleEndian()
                .implicitHeader(Tag.PIXEL_REPRESENTATION, 2).u16(1)
                .implicitHeader(Tag.PIXEL_PADDING_VALUE, 2).u16(-2000)
                .readDataset(TransferSyntax.IMPLICIT_LE);
        assertEquals(-2000, dataset.integer(Tag.PIXEL_PADDING_VALUE, 0));
    }

    @Test
    void keepsTheFirstOfTwoEqualTags() throws IOException {
        Attributes dataset = TestBytes.littleEndian()
                .shortElement(Tag.PATIENT_ID, "LO", "11")
                .shortElement(Tag.PATIENT_ID, "LO", "22")
                .readDataset(TransferSyntax.EXPLICIT_LE);
        assertEquals("11", dataset.string(Tag.PATIENT_ID, ""));
    }

    @Test
    void takesZerosAtTheEndForPaddingAndNothingElse() throws IOException {
        TestBytes padded = TestBytes.littleEndian().shortElement(Tag.PATIENT_ID, "LO", "11").raw(new byte[100]);
        assertEquals(1, padded.readDataset(TransferSyntax.EXPLICIT_LE).size());
        padded.raw((byte) 1);
        DicomException refusal = assertThrows(
                DicomException.class, () -> padded.readDataset(TransferSyntax.EXPLICIT_LE));
        assertEquals(DicomFault.MALFORMED, refusal.fault());
    }

    @Test
    void readsNoSequenceBeyondItsEnd() {
        TestBytes bytes = TestBytes.littleEndian()
                .longHeader(Tag.VIEW_CODE_SEQUENCE, "SQ", 18)
                .implicitHeader(Tag.ITEM, 100)
                .shortElement(Tag.CODE_VALUE, "SH", "AB")
                .raw(new byte[200]);
        DicomException refusal = assertThrows(DicomException.class, () -> bytes.readDataset(TransferSyntax.EXPLICIT_LE));
        assertEquals(DicomFault.MALFORMED, refusal.fault());
    }

    @Test
    void readsCommandsWithTheirGroupLength() throws IOException {
        Attributes command = new Attributes()
                .putString(Tag.AFFECTED_SOP_CLASS_UID, "1.2.840.10008.1.1")
                .putInt(Tag.COMMAND_FIELD, 0x30)
                .putInt(Tag.MESSAGE_ID, 7)
                .putInt(Tag.COMMAND_DATA_SET_TYPE, 0x101);
        byte[] bytes = DicomWriter.command(command);
        Attributes back = DicomReader.command(bytes);
        assertEquals(7, back.integer(Tag.MESSAGE_ID, 0));
        assertEquals(bytes.length - 12, back.integer(Tag.COMMAND_GROUP_LENGTH, 0));
        assertFalse(command.contains(Tag.COMMAND_GROUP_LENGTH));
    }
}
