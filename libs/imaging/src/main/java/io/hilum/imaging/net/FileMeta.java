package io.hilum.imaging.net;

import io.hilum.imaging.dicom.DicomWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/**
 * The three UIDs that tell what a data set is and how it is encoded: what a C-STORE and its presentation context say,
 * and what the header of a Part 10 file says (PS3.10 section 7.1).
 *
 * @param sopClassUid Media Storage SOP Class UID
 * @param sopInstanceUid Media Storage SOP Instance UID
 * @param transferSyntaxUid encoding of the data set
 */
public record FileMeta(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {

    static final int PREAMBLE = 128;

    public FileMeta {
        Objects.requireNonNull(sopClassUid);
        Objects.requireNonNull(sopInstanceUid);
        Objects.requireNonNull(transferSyntaxUid);
    }

    /**
     * Preamble, prefix and group 0002. It depends on nothing but the three UIDs, so that an object has the same
     * bytes, and the same digest, whichever way it came.
     */
    public byte[] header() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try {
            DicomWriter.writeMeta(header, new io.hilum.imaging.dicom.FileMeta(
                    sopClassUid, sopInstanceUid, transferSyntaxUid, null));
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot fail to be written", impossible);
        }
        return header.toByteArray();
    }
}
