package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hundred headers are read at a time: none may cost what a whole object costs. */
class HeaderBudgetTest {

    private static final int PRIVATE = Tag.of(0x0009, 0x1001);
    private static final int OVERLAY = Tag.of(0x6000, 0x3000);
    private static final int PRIVATE_ITEMS = Tag.of(0x0009, 0x1002);

    private static Attributes film() {
        return new Attributes().putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.1.1")
                .putString(Tag.SOP_INSTANCE_UID, "1.2").putString(Tag.MODALITY, "DX")
                .putInt(Tag.ROWS, 2).putInt(Tag.COLUMNS, 2).putInt(Tag.BITS_ALLOCATED, 16)
                .putBytes(Tag.PIXEL_DATA, Vr.OW, new byte[8]);
    }

    private static DicomHeader header(Attributes film, TransferSyntax syntax) throws IOException {
        return DicomReader.part10(new ByteArrayInputStream(DicomWriter.toBytes(film, syntax)), DicomLimits.DEFAULT).readHeader();
    }

    @Test
    void keepsNoPrivateAndNoLongValuesOfAHeader() throws IOException {
        Attributes film = film().putBytes(PRIVATE, Vr.OB, new byte[10])
                .putItems(PRIVATE_ITEMS, film().remove(Tag.PIXEL_DATA), film().remove(Tag.PIXEL_DATA))
                .putBytes(OVERLAY, Vr.OW, new byte[30 << 20]);
        for (TransferSyntax syntax : List.of(TransferSyntax.EXPLICIT_LE, TransferSyntax.IMPLICIT_LE, TransferSyntax.DEFLATED_LE)) {
            DicomHeader header = header(film, syntax);
            assertFalse(header.dataset().contains(PRIVATE) || header.dataset().contains(PRIVATE_ITEMS));
            assertFalse(header.dataset().contains(OVERLAY));
            assertEquals("DX", header.dataset().string(Tag.MODALITY, ""));
            assertTrue(header.pixels().complaint(header.dataset()).isEmpty(), "what stands behind them is found");
            DicomFile whole = DicomFile.read(new ByteArrayInputStream(DicomWriter.toBytes(film, syntax)), DicomLimits.DEFAULT);
            assertArrayEquals(DicomWriter.toBytes(film, syntax), DicomWriter.toBytes(whole.dataset(), syntax), "a whole reader keeps all");
        }
    }

    @Test
    void refusesAHeaderOfManyValuesBeforeTheyFillTheHeap() {
        Attributes film = film();
        for (int i = 0; i < 40; i++) {
            film.putBytes(Tag.of(0x6000 + 2 * (i / 16), 0x3000 + i), Vr.OW, new byte[60_000]);
        }
        assertEquals(DicomFault.TOO_LARGE,
                assertThrows(DicomException.class, () -> header(film, TransferSyntax.EXPLICIT_LE)).fault());
        Attributes[] items = new Attributes[30_000];
        java.util.Arrays.setAll(items, i -> new Attributes());
        assertEquals(DicomFault.TOO_LARGE, assertThrows(DicomException.class, () ->
                header(film().putItems(Tag.REQUEST_ATTRIBUTES_SEQUENCE, items), TransferSyntax.EXPLICIT_LE)).fault());
    }
}
