package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.DicomLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a canvas of whatever a film is stored as: DICOM, PNG or JPEG, told by their content, not by the file's name.
 * PNG and JPEG have no window: their grey values, or the luma of their colours, go into the canvas as they are.
 * Immutable; any thread.
 */
public final class FilmReader {

    private final CanvasRenderer renderer;
    private final DicomLimits limits;

    public FilmReader(CanvasRenderer renderer) {
        this(renderer, DicomLimits.DEFAULT);
    }

    /** @param limits also the greatest size of a file */
    public FilmReader(CanvasRenderer renderer, DicomLimits limits) {
        this.renderer = renderer;
        this.limits = limits;
    }

    /** @throws IOException a DicomException when the content is refused, else the disk's */
    public RenderedCanvas read(Path path) throws IOException {
        if (Files.size(path) > limits.maxBytes()) {
            throw new DicomException(DicomFault.TOO_LARGE,
                    path + " has " + Files.size(path) + " bytes, over the limit of " + limits.maxBytes());
        }
        return read(Files.readAllBytes(path));
    }

    /** @throws DicomException when the content is refused */
    public RenderedCanvas read(byte[] bytes) throws IOException {
        boolean jpeg = bytes.length > 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8 && bytes[2] == (byte) 0xFF;
        if (jpeg || GreyPng.isPng(bytes)) {
            GreyPicture picture = GreyPicture.read(bytes, limits.maxBytes());
            return renderer.render(picture.columns(), picture.rows(), picture.grey());
        }
        return renderer.render(DicomFile.read(new ByteArrayInputStream(bytes), limits));
    }
}
