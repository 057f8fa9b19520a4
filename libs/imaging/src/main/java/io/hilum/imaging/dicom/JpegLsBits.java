package io.hilum.imaging.dicom;

/**
 * Bits of the entropy-coded data of JPEG-LS (ITU-T T.87 section A.1): after a byte FF only seven bits of the next one
 * count, and FF before a byte of 80 or more is a marker, where the data end. One thread only.
 */
final class JpegLsBits {

    /** The longest unary part: LIMIT - qbpp of 16 bits and NEAR 255. */
    private static final int UNARY = 56;

    private final byte[] stream;
    private int next;

    /** The next bits, aligned to the top; zeros behind them. */
    private long window;
    private int held;
    private boolean stuffed;

    JpegLsBits(byte[] stream, int start) {
        this.stream = stream;
        this.next = start;
    }

    /** Takes bytes until the window is nearly full or the data end. */
    private void fill() {
        while (held <= 56 && next < stream.length) {
            int value = stream[next] & 0xFF;
            if (value == 0xFF && (next + 1 == stream.length || stream[next + 1] < 0)) {
                return;
            }
            int bits = stuffed ? 7 : 8;
            window |= (long) value << 64 - held - bits;
            held += bits;
            stuffed = value == 0xFF;
            next++;
        }
    }

    private void require(int bits) throws DicomException {
        if (held < bits) {
            fill();
            if (held < bits) {
                throw ended();
            }
        }
    }

    private DicomException ended() {
        return MarkerReader.broken(JpegLsHeader.PROCESS, "it ends before its last pixel", next);
    }

    /** @param count 0 to 32 */
    int bits(int count) throws DicomException {
        if (count == 0) {
            return 0;
        }
        require(count);
        int value = (int) (window >>> 64 - count);
        window <<= count;
        held -= count;
        return value;
    }

    /**
     * A limited-length Golomb code (section A.5.3).
     *
     * @param k bits that follow the unary part
     * @param longest zeros that announce the value itself, less 1, in errorBits bits; 55 at most
     */
    int golomb(int k, int longest, int errorBits) throws DicomException {
        if (held < UNARY) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(window);
        if (zeros >= held) {
            throw ended();
        }
        if (zeros > longest) {
            throw MarkerReader.broken(JpegLsHeader.PROCESS, "a code has more than " + longest + " zeros", next);
        }
        window <<= zeros + 1;
        held -= zeros + 1;
        return zeros < longest ? zeros << k | bits(k) : bits(errorBits) + 1;
    }

    /** Ends an interval: drops what fills up its last byte and goes past the restart marker. */
    void restart() throws DicomException {
        fill();
        while (next + 1 < stream.length && stream[next] == (byte) 0xFF && stream[next + 1] == (byte) 0xFF) {
            next++;
        }
        boolean marker = held < 8 && next + 1 < stream.length && stream[next] == (byte) 0xFF
                && (stream[next + 1] & 0xF8) == 0xD0;
        if (!marker) {
            throw MarkerReader.broken(JpegLsHeader.PROCESS, "a restart marker is missing", next);
        }
        next += 2;
        window = 0;
        held = 0;
        stuffed = false;
    }
}
