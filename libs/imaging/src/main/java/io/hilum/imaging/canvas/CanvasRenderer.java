package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.PixelDecoder;
import io.hilum.imaging.dicom.PixelImage;

/**
 * Renders stored values to a canvas: modality LUT or rescale, VOI LUT or window, presentation (PS3.3 sections C.11.1,
 * C.11.2, C.11.6), then the film is shrunk until its shorter side has the wanted number of pixels; it is never
 * enlarged. Pixels that are not square are made square by shrinking the side that has too many.
 *
 * <p>All of it is integer arithmetic after the look-up table, so a canvas has the same bytes on every machine.
 * Immutable; any thread.
 */
public final class CanvasRenderer {

    /** Changes whenever a canvas may get other pixels. */
    public static final String VERSION = "hilum-canvas-1";

    /** Pixels of the shorter side unless the film is smaller. */
    public static final int DEFAULT_SHORTER_SIDE = 512;

    /** A longer strip is no film of a chest, and its canvas would be longer than a record of the topics may be. */
    private static final int MOST_ASPECT = 4;

    private final int shorterSide;

    /** @param shorterSide pixels of the canvas's shorter side; a smaller film keeps its size */
    public CanvasRenderer(int shorterSide) {
        if (shorterSide < 16 || shorterSide > 8192) {
            throw new IllegalArgumentException("the shorter side must be 16 to 8192 pixels, but is " + shorterSide);
        }
        this.shorterSide = shorterSide;
    }

    public CanvasRenderer() {
        this(DEFAULT_SHORTER_SIDE);
    }

    /** @throws DicomException when the pixels cannot be decoded, are a strip longer than 4 to 1, or the header contradicts itself */
    public RenderedCanvas render(DicomFile file) throws DicomException {
        return render(file.dataset(), PixelDecoder.decode(file));
    }

    /** Renders pixels that are already decoded, by the header they came with. */
    public RenderedCanvas render(Attributes dataset, PixelImage image) throws DicomException {
        GreyTable table = GreyTable.of(dataset, image);
        return render(image.columns(), image.rows(), PixelShape.verticalToHorizontal(dataset),
                (y, row) -> table.apply(image, y, row));
    }

    /** Renders grey values that need no window: a PNG or JPEG. */
    RenderedCanvas render(int columns, int rows, byte[] grey) throws DicomException {
        return render(columns, rows, 1, (y, row) -> {
            for (int x = 0; x < columns; x++) {
                row[x] = (grey[y * columns + x] & 0xFF) << Shrink.FRACTION_BITS;
            }
        });
    }

    private RenderedCanvas render(int columns, int rows, double verticalToHorizontal, Shrink.Rows film)
            throws DicomException {
        double width = columns / Math.max(1, verticalToHorizontal);
        double height = rows * Math.min(1, verticalToHorizontal);
        if (Math.max(width, height) > MOST_ASPECT * Math.min(width, height)) {
            throw new DicomException(DicomFault.UNSUPPORTED_PIXELS, "The film has " + columns + " columns and " + rows
                    + " rows, which is a longer strip than " + MOST_ASPECT + " to 1; no radiograph of the chest has this"
                    + " shape, so its Rows, Columns or Pixel Aspect Ratio are wrong");
        }
        double scale = Math.min(1, shorterSide / Math.min(width, height));
        int canvasWidth = (int) Math.max(1, Math.round(width * scale));
        int canvasHeight = (int) Math.max(1, Math.round(height * scale));
        byte[] pixels = new Shrink(columns, rows, canvasWidth, canvasHeight).apply(film);
        return new RenderedCanvas(new Canvas(canvasWidth, canvasHeight, pixels), VERSION, columns, rows);
    }
}
