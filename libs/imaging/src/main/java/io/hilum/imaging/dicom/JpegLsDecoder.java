package io.hilum.imaging.dicom;

/**
 * JPEG-LS of one component, lossless and near-lossless (ITU-T T.87 annex A; restart intervals in lines). Names in the
 * code are the standard's: a is the pixel to the left, b the one above, c above left, d above right. One thread only.
 */
final class JpegLsDecoder {

    /** J: the binary logarithm of the pixels that one bit of a run stands for (section A.2.1). */
    private static final int[] RUN_ORDER = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final JpegLsHeader header;
    private final int columns;
    private final int rows;
    private final JpegLsBits bits;
    private final int maxval;
    private final int near;
    private final int range;
    private final int step;
    private final int errorBits;
    private final int limit;
    private final byte[] regions;

    private JpegLsContexts contexts;
    private int runIndex;

    /** @throws DicomException when the stream is no JPEG-LS of one component or not of this size */
    JpegLsDecoder(byte[] stream, PixelFormat format) throws DicomException {
        this.header = JpegLsHeader.parse(stream);
        MarkerReader.requireSize(JpegLsHeader.PROCESS, header.columns(), header.rows(), format);
        this.columns = format.columns();
        this.rows = format.rows();
        this.bits = new JpegLsBits(stream, header.scanStart());
        JpegLsParameters parameters = header.parameters();
        this.maxval = parameters.maxval();
        this.near = parameters.near();
        this.range = parameters.range();
        this.step = parameters.step();
        this.errorBits = parameters.errorBits();
        this.limit = parameters.limit();
        this.regions = regions(parameters);
    }

    /** @return bits of a value, 2 to 16 */
    int precision() {
        return header.precision();
    }

    /** Section A.3.3 as a table. @return the region, -4 to 4, of each gradient from -MAXVAL to MAXVAL */
    private static byte[] regions(JpegLsParameters parameters) {
        byte[] regions = new byte[2 * parameters.maxval() + 1];
        for (int gradient = 0; gradient <= parameters.maxval(); gradient++) {
            int region = gradient <= parameters.near() ? 0
                    : gradient < parameters.t1() ? 1
                    : gradient < parameters.t2() ? 2
                    : gradient < parameters.t3() ? 3 : 4;
            regions[parameters.maxval() + gradient] = (byte) region;
            regions[parameters.maxval() - gradient] = (byte) -region;
        }
        return regions;
    }

    /**
     * @param bytesPerPixel 1 or 2, enough for the precision
     * @return little-endian containers
     */
    byte[] decode(int bytesPerPixel) throws DicomException {
        byte[] pixels = new byte[columns * rows * bytesPerPixel];
        // One pixel more on either side: those that the edges look at (section A.2.1).
        int[] row = new int[columns + 2];
        int[] above = new int[columns + 2];
        for (int y = 0; y < rows; y++) {
            if (y == 0) {
                contexts = new JpegLsContexts(header.parameters());
            } else if (header.restartInterval() > 0 && y % header.restartInterval() == 0) {
                bits.restart();
                contexts = new JpegLsContexts(header.parameters());
                runIndex = 0;
                java.util.Arrays.fill(above, 0);
                java.util.Arrays.fill(row, 0);
            }
            above[columns + 1] = above[columns];
            row[0] = above[1];
            line(row, above);
            store(row, pixels, y * columns * bytesPerPixel, bytesPerPixel);
            int[] swapped = above;
            above = row;
            row = swapped;
        }
        return pixels;
    }

    private void line(int[] row, int[] above) throws DicomException {
        int x = 1;
        while (x <= columns) {
            int a = row[x - 1];
            int b = above[x];
            int c = above[x - 1];
            int d = above[x + 1];
            int context = (regions[maxval + d - b] * 9 + regions[maxval + b - c]) * 9 + regions[maxval + c - a];
            if (context == 0) {
                x = run(row, above, x);
            } else {
                row[x++] = regular(context, predict(a, b, c));
            }
        }
    }

    /** Section A.4.1. */
    private static int predict(int a, int b, int c) {
        int least = Math.min(a, b);
        int most = Math.max(a, b);
        return c >= most ? least : c <= least ? most : a + b - c;
    }

    /** Sections A.4.2 to A.6. @param signed context with the sign of its first gradient that is not zero */
    private int regular(int signed, int predicted) throws DicomException {
        int sign = signed >> 31;
        int context = (signed ^ sign) - sign;
        int correction = (contexts.c[context] ^ sign) - sign;
        int corrected = Math.max(0, Math.min(maxval, predicted + correction));
        int k = contexts.golomb(context);
        int value = code(k, limit);
        int error = value >>> 1 ^ -(value & 1);
        if (k == 0 && near == 0 && contexts.isSkewed(context)) {
            error = ~error;
        }
        contexts.update(context, error);
        return reconstruct(corrected, (error ^ sign) - sign);
    }

    private int code(int k, int longest) throws DicomException {
        int value = bits.golomb(k, longest - errorBits - 1, errorBits);
        if (value > range) {
            throw MarkerReader.broken(JpegLsHeader.PROCESS, "a prediction error of it is out of range", header.scanStart());
        }
        return value;
    }

    /** Sections A.4.4 and A.4.5, inverted: errors are coded modulo their range. */
    private int reconstruct(int predicted, int error) {
        int value = predicted + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > maxval + near) {
            value -= range * step;
        }
        return Math.max(0, Math.min(maxval, value));
    }

    /** Section A.7. @return the first pixel after the run and what interrupts it */
    private int run(int[] row, int[] above, int start) throws DicomException {
        int a = row[start - 1];
        int x = start;
        int end = columns + 1;
        while (bits.bits(1) == 1) {
            int length = 1 << RUN_ORDER[runIndex];
            int stop = Math.min(end, x + length);
            if (stop == x + length && runIndex < RUN_ORDER.length - 1) {
                runIndex++;
            }
            java.util.Arrays.fill(row, x, stop, a);
            x = stop;
            if (x == end) {
                return x;
            }
        }
        int rest = bits.bits(RUN_ORDER[runIndex]);
        if (rest >= end - x) {
            throw MarkerReader.broken(JpegLsHeader.PROCESS, "a run goes past the end of its line", header.scanStart());
        }
        java.util.Arrays.fill(row, x, x + rest, a);
        x += rest;
        row[x] = interruption(a, above[x]);
        if (runIndex > 0) {
            runIndex--;
        }
        return x + 1;
    }

    /** Section A.7.2. */
    private int interruption(int a, int b) throws DicomException {
        boolean alike = Math.abs(a - b) <= near;
        int context = alike ? JpegLsContexts.RUN + 1 : JpegLsContexts.RUN;
        int k = contexts.golombOfRun(context);
        int value = code(k, limit - RUN_ORDER[runIndex] - 1);
        int error = contexts.errorOfRun(context, k, value);
        contexts.updateRun(context, error, value);
        return reconstruct(alike ? a : b, !alike && a > b ? -error : error);
    }

    private void store(int[] row, byte[] pixels, int start, int bytesPerPixel) {
        int out = start;
        for (int x = 1; x <= columns; x++) {
            pixels[out++] = (byte) row[x];
            if (bytesPerPixel == 2) {
                pixels[out++] = (byte) (row[x] >> 8);
            }
        }
    }
}
