package io.hilum.imaging.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A DICOM object in memory: file meta information, dataset, and how the dataset was encoded.
 *
 * @param meta group 0002; empty when the dataset came without one (network)
 * @param dataset everything else
 */
public record DicomFile(Attributes meta, Attributes dataset, TransferSyntax syntax) {

    /** @throws DicomException the content is refused; any other IOException is the disk's */
    public static DicomFile read(Path path, DicomLimits limits) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DicomReader.part10(in, limits).readAll();
        }
    }

    public static DicomFile read(Path path) throws IOException {
        return read(path, DicomLimits.DEFAULT);
    }

    /** Reads a part 10 file to the end of the stream, which stays open. */
    public static DicomFile read(InputStream in, DicomLimits limits) throws IOException {
        return DicomReader.part10(in, limits).readAll();
    }
}
