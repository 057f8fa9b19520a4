package io.hilum.imaging.dicom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * JPEG lossless with Huffman coding, one component (ITU-T T.81 annex H; process 14, all seven predictors, point
 * transform, restart intervals). One thread only.
 */
final class JpegLosslessDecoder {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final JpegLosslessHeader header;
    private final byte[] stream;
    private final int columns;
    private final int rows;

    /** Entropy-coded bytes of the current restart interval, without stuffing, with room to read past the end. */
    private byte[] coded = new byte[0];
    private long codedBits;
    private long bit;
    private int next;

    /** @throws DicomException when the stream is not of this process or not of this size */
    JpegLosslessDecoder(byte[] stream, int columns, int rows) throws DicomException {
        this.stream = stream;
        this.columns = columns;
        this.rows = rows;
        this.header = JpegLosslessHeader.parse(stream);
        if (header.columns() != columns || header.rows() != rows) {
            throw JpegLosslessHeader.broken("it is " + header.columns() + " x " + header.rows()
                    + " pixels, the header says " + columns + " x " + rows, 0);
        }
        this.next = header.scanStart();
    }

    /** @return bits of a value, 2 to 16 */
    int precision() {
        return header.precision();
    }

    /**
     * @param bytesPerPixel 1 or 2, enough for the precision
     * @return little-endian containers
     */
    byte[] decode(int bytesPerPixel) throws DicomException {
        byte[] pixels = new byte[columns * rows * bytesPerPixel];
        int rowsPerInterval = header.restartInterval() == 0 ? rows : header.restartInterval() / columns;
        int[] row = new int[columns];
        int[] above = new int[columns];
        for (int y = 0; y < rows; y++) {
            boolean first = y % rowsPerInterval == 0;
            if (first) {
                startInterval();
                firstRow(row);
            } else if (header.predictor() == 1) {
                rowFromLeft(row, above[0]);
            } else {
                rowFromNeighbours(row, above);
            }
            if (bit > codedBits) {
                throw JpegLosslessHeader.broken("it ends in row " + y + " of " + rows, next);
            }
            store(row, pixels, y * columns * bytesPerPixel, bytesPerPixel);
            int[] swapped = above;
            above = row;
            row = swapped;
        }
        return pixels;
    }

    /** Takes the bytes up to the next marker, without the zeros that are stuffed after each FF. */
    private void startInterval() throws DicomException {
        if (next > header.scanStart()) {
            skipRestartMarker();
        }
        // A row reads at most 4 bytes a pixel before the overrun is noticed, and 8 bytes at once.
        int room = columns * 4 + 16;
        if (coded.length < stream.length - next + room) {
            coded = new byte[stream.length - next + room];
        }
        int out = 0;
        int in = next;
        for (; in < stream.length; in++) {
            byte value = stream[in];
            coded[out++] = value;
            if (value == (byte) 0xFF) {
                if (in + 1 < stream.length && stream[in + 1] == 0) {
                    in++;
                } else {
                    out--;
                    break;
                }
            }
        }
        next = in;
        java.util.Arrays.fill(coded, out, Math.min(coded.length, out + room), (byte) 0);
        codedBits = 8L * out;
        bit = 0;
    }

    private void skipRestartMarker() throws DicomException {
        while (next + 1 < stream.length && stream[next] == (byte) 0xFF && stream[next + 1] == (byte) 0xFF) {
            next++;
        }
        boolean restart = next + 1 < stream.length && (stream[next + 1] & 0xF8) == 0xD0;
        if (!restart) {
            throw JpegLosslessHeader.broken("a restart marker is missing", next);
        }
        next += 2;
    }

    private void firstRow(int[] row) throws DicomException {
        rowFromLeft(row, 1 << header.precision() - header.pointTransform() - 1);
    }

    private void rowFromLeft(int[] row, int before) throws DicomException {
        int[] look = header.huffman().look;
        int left = before;
        long at = bit;
        for (int x = 0; x < row.length; x++) {
            long window = (long) LONG.get(coded, (int) (at >>> 3)) << (at & 7);
            int entry = look[(int) (window >>> 64 - JpegHuffman.LOOK)];
            if (entry == 0) {
                entry = longCode(window);
            }
            at += entry & 0xFF;
            left = left + (entry >> 8) & 0xFFFF;
            row[x] = left;
        }
        bit = at;
    }

    private void rowFromNeighbours(int[] row, int[] above) throws DicomException {
        int[] look = header.huffman().look;
        long at = bit;
        for (int x = 0; x < row.length; x++) {
            long window = (long) LONG.get(coded, (int) (at >>> 3)) << (at & 7);
            int entry = look[(int) (window >>> 64 - JpegHuffman.LOOK)];
            if (entry == 0) {
                entry = longCode(window);
            }
            at += entry & 0xFF;
            int prediction = x == 0 ? above[0] : predict(row[x - 1], above[x], above[x - 1]);
            row[x] = prediction + (entry >> 8) & 0xFFFF;
        }
        bit = at;
    }

    /** ITU-T T.81 table H.1. */
    private int predict(int left, int above, int aboveLeft) {
        return switch (header.predictor()) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> aboveLeft;
            case 4 -> left + above - aboveLeft;
            case 5 -> left + (above - aboveLeft >> 1);
            case 6 -> above + (left - aboveLeft >> 1);
            case 7 -> left + above >> 1;
            default -> throw new IllegalStateException("predictor " + header.predictor() + " was let pass");
        };
    }

    private int longCode(long window) throws DicomException {
        int entry = header.huffman().decode(window);
        if (entry == 0) {
            throw JpegLosslessHeader.broken("it has a code that its Huffman table does not", next);
        }
        return entry;
    }

    private void store(int[] row, byte[] pixels, int start, int bytesPerPixel) {
        int shift = header.pointTransform();
        int out = start;
        for (int value : row) {
            int sample = value << shift;
            pixels[out++] = (byte) sample;
            if (bytesPerPixel == 2) {
                pixels[out++] = (byte) (sample >> 8);
            }
        }
    }
}
