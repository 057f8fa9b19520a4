package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.PixelImage;

/** Renders stored values to a canvas. Immutable; any thread. */
public final class CanvasRenderer {

    /** Changes whenever a canvas may get other pixels. */
    public static final String VERSION = "hilum-canvas-1";

    /** Pixels of the shorter side unless the film is smaller. */
    public static final int DEFAULT_SHORTER_SIDE = 512;

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

    /** @throws DicomException when the pixels cannot be decoded or the header contradicts itself */
    public RenderedCanvas render(DicomFile file) throws DicomException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Renders pixels that are already decoded, by the header they came with. */
    public RenderedCanvas render(Attributes dataset, PixelImage image) throws DicomException {
        throw new UnsupportedOperationException("not yet " + shorterSide);
    }
}
