package io.hilum.imaging.canvas;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a canvas of whatever a film is stored as: DICOM, PNG or JPEG. Immutable; any thread. */
public final class FilmReader {

    private final CanvasRenderer renderer;

    public FilmReader(CanvasRenderer renderer) {
        this.renderer = renderer;
    }

    /** @throws IOException a DicomException when the content is refused, else the disk's */
    public RenderedCanvas read(Path path) throws IOException {
        throw new UnsupportedOperationException("not yet " + path + renderer);
    }
}
