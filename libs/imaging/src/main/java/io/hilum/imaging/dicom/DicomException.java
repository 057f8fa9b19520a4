package io.hilum.imaging.dicom;

import java.io.IOException;

/**
 * A DICOM input is refused: a stable cause, a sentence for an administrator, and where in the bytes.
 *
 * <p>It is an {@link IOException} so that stream code can pass it on, but it always speaks about the content; any
 * other IOException speaks about the transport (disk, socket).
 */
public final class DicomException extends IOException {

    private static final long serialVersionUID = 1L;

    private final DicomFault fault;
    private final long offset;

    public DicomException(DicomFault fault, String sentence) {
        this(fault, sentence, -1, null);
    }

    public DicomException(DicomFault fault, String sentence, long offset) {
        this(fault, sentence, offset, null);
    }

    public DicomException(DicomFault fault, String sentence, long offset, Throwable cause) {
        super(offset < 0 ? sentence : sentence + " (at byte " + offset + ")", cause);
        this.fault = fault;
        this.offset = offset;
    }

    public DicomFault fault() {
        return fault;
    }

    /** @return byte offset in the file, or in the inflated dataset when it is deflated; -1 when it has no place */
    public long offset() {
        return offset;
    }
}
