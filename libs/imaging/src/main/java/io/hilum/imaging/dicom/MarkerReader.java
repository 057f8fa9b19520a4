package io.hilum.imaging.dicom;

/**
 * Reads the markers and segments of the JPEG family (ITU-T T.81 annex B; T.87 and T.800 keep the form), never past the
 * end. One thread only.
 */
final class MarkerReader {

    private final String process;
    private final byte[] stream;
    private int at;

    /** @param process name of the coding, for sentences */
    MarkerReader(String process, byte[] stream) {
        this.process = process;
        this.stream = stream;
    }

    int at() {
        return at;
    }

    int length() {
        return stream.length;
    }

    /** @param position within the stream or at its end */
    void seek(int position) {
        at = position;
    }

    int u8() throws DicomException {
        if (at >= stream.length) {
            throw broken("it ends within its header", at);
        }
        return stream[at++] & 0xFF;
    }

    int u16() throws DicomException {
        return u8() << 8 | u8();
    }

    long u32() throws DicomException {
        return (long) u16() << 16 | u16();
    }

    /** @return the code of the marker here, FF bytes that fill up before it passed over */
    int marker() throws DicomException {
        if (u8() != 0xFF) {
            throw broken("a marker is missing", at - 1);
        }
        int marker = u8();
        while (marker == 0xFF) {
            marker = u8();
        }
        return marker;
    }

    /** Reads the length of the segment that starts here. @return index of the first byte after the segment */
    int segmentEnd() throws DicomException {
        int start = at;
        int length = u16();
        if (length < 2 || length > stream.length - start) {
            throw broken("a segment of " + length + " bytes goes past its end", start);
        }
        return start + length;
    }

    /**
     * What a frame header (T.81 B.2.2) says of a film.
     *
     * @param precision bits of a sample, 2 to 16
     */
    record Frame(int precision, int rows, int columns) {}

    /** Reads the frame header that starts here, after its length: one component of 2 to 16 bits. */
    Frame frame() throws DicomException {
        int precision = u8();
        Frame frame = new Frame(precision, u16(), u16());
        int components = u8();
        if (precision < 2 || precision > 16 || components != 1) {
            throw broken("it has " + components + " components of " + precision + " bits where one of 2 to 16 must be", at);
        }
        return frame;
    }

    DicomException broken(String what, int position) {
        return broken(process, what, position);
    }

    static DicomException broken(String process, String what, int position) {
        return new DicomException(DicomFault.PIXEL_STREAM, "The " + process + " stream is broken: " + what
                + "; send the object again from its source (byte " + position + " of the stream)");
    }

    /** @throws DicomException when a stream is not of the size that the header says */
    static void requireSize(String process, long columns, long rows, PixelFormat format) throws DicomException {
        if (columns != format.columns() || rows != format.rows()) {
            throw broken(process, "it is " + columns + " x " + rows + " pixels, the header says "
                    + format.columns() + " x " + format.rows(), 0);
        }
    }
}
