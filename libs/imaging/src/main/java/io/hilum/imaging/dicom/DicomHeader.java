package io.hilum.imaging.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A DICOM object without its pixels: what a door needs to decide.
 *
 * @param meta group 0002; empty when the dataset came without one
 * @param dataset the elements before pixel data, without private ones and values of more than 64 KiB
 * @param pixels what was found of the pixel data, which were skipped, not kept
 */
public record DicomHeader(Attributes meta, Attributes dataset, TransferSyntax syntax, PixelLength pixels) {

    /** @throws DicomException the content is refused; any other IOException is the disk's */
    public static DicomHeader read(Path path, DicomLimits limits) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DicomReader.part10(in, limits).readHeader();
        }
    }
}
