package io.hilum.imaging.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.dicom.Vr;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Size and shape of the canvas. */
class CanvasRendererTest {

    /** 8-bit pixels, bright in the right half. */
    private static Attributes film(int columns, int rows) {
        byte[] pixels = new byte[columns * rows];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % columns < columns / 2 ? 0 : 255);
        }
        return Films.window(Films.row(12, 0), 128, 256)
                .putInt(Tag.ROWS, rows).putInt(Tag.COLUMNS, columns)
                .putInt(Tag.BITS_ALLOCATED, 8).putInt(Tag.BITS_STORED, 8).putInt(Tag.HIGH_BIT, 7)
                .putBytes(Tag.PIXEL_DATA, Vr.OB, pixels);
    }

    private static RenderedCanvas render(Attributes film, int shorterSide) throws DicomException {
        return new CanvasRenderer(shorterSide).render(new DicomFile(new Attributes(), film, TransferSyntax.EXPLICIT_LE));
    }

    private static void assertSize(int width, int height, RenderedCanvas rendered) {
        assertEquals(width + " x " + height, rendered.canvas().width() + " x " + rendered.canvas().height());
    }

    @Test
    void distortsNoFilm() throws DicomException {
        assertSize(64, 82, render(film(400, 512), 64));
        assertSize(82, 64, render(film(512, 400), 64));
    }

    @Test
    void enlargesNoFilm() throws DicomException {
        assertSize(400, 512, render(film(400, 512), 512));
    }

    @Test
    void makesPixelsSquareByShrinkingOnly() throws DicomException {
        assertSize(200, 200, render(film(400, 200).putInt(Tag.PIXEL_ASPECT_RATIO, 2, 1), 512));
        assertSize(400, 100, render(film(400, 200).putDouble(Tag.PIXEL_SPACING, 0.1, 0.2), 512));
        assertSize(400, 200, render(film(400, 200).putDouble(Tag.IMAGER_PIXEL_SPACING, 0.143, 0.143), 512));
        assertSize(400, 200, render(film(400, 200).putDouble(Tag.PIXEL_SPACING, 1000, 0.1), 512));
    }

    @Test
    void keepsBlackBlackAndWhiteWhite() throws DicomException {
        Canvas canvas = render(film(1000, 700), 100).canvas();
        assertSize(143, 100, render(film(1000, 700), 100));
        assertEquals(0, canvas.at(0, 50));
        assertEquals(255, canvas.at(142, 50));
        assertTrue(canvas.at(71, 50) > 0 && canvas.at(71, 50) < 255, "the edge is antialiased");
    }

    @Test
    void bringsEveryPixelInAtItsPlace() throws DicomException {
        RenderedCanvas rendered = render(film(1000, 700), 100);
        assertEquals(1000, rendered.sourceColumns());
        assertEquals(700, rendered.sourceRows());
        assertEquals(CanvasRenderer.VERSION, rendered.renderer());
        double edge = 0;
        for (int x = 0; x < rendered.canvas().width(); x++) {
            edge += (255 - rendered.canvas().at(x, 10)) / 255.0;
        }
        assertEquals(500, edge * rendered.sourceColumns() / rendered.canvas().width(), 2, "the edge goes back to DICOM column 500");
    }

    @Test
    void paintsNoCanvasThatIsTooLongForARecord() throws DicomException {
        assertSize(16, 64, render(film(48, 192), 16));
        for (Attributes strip : List.of(film(1, 3000), film(48, 193), film(3000, 700),
                film(400, 200).putInt(Tag.PIXEL_ASPECT_RATIO, 1, 3))) {
            DicomException refused = assertThrows(DicomException.class, () -> render(strip, 512));
            assertEquals(DicomFault.UNSUPPORTED_PIXELS, refused.fault());
            assertTrue(refused.getMessage().contains("longer strip than 4 to 1"), refused.getMessage());
        }
    }

    @Test
    void paintsTheSameBytesEveryTime() throws DicomException {
        int[] values = new int[64 * 64];
        Arrays.setAll(values, i -> i * 2654435 >>> 8 & 0xFFF);
        Attributes film = Films.window(Films.row(12, values), 2048, 4096).putInt(Tag.ROWS, 64).putInt(Tag.COLUMNS, 64);
        Canvas one = render(film, 40).canvas();
        assertArrayEquals(one.toPng(), render(film, 40).canvas().toPng());
        assertEquals("7255b7b144b450f73a40d743fab2bed4d576a577273f8130e84537d9ccf64fb0", one.pixelSha256(),
                "these pixels belong to " + CanvasRenderer.VERSION);
    }
}
