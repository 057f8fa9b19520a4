package io.hilum.imaging.dicom;

import java.io.ByteArrayOutputStream;

/** A plain encoder of lossless JPEG for tests: any predictor, point transform and restart interval. */
final class TestJpegLossless {

    private final int columns;
    private final int precision;
    private final int predictor;
    private final int pointTransform;
    private final int restartRows;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long bits;
    private int count;

    /** @param restartRows rows between restart markers; 0 for none */
    TestJpegLossless(int columns, int precision, int predictor, int pointTransform, int restartRows) {
        this.columns = columns;
        this.precision = precision;
        this.predictor = predictor;
        this.pointTransform = pointTransform;
        this.restartRows = restartRows;
    }

    byte[] encode(int[] pixels) {
        int rows = pixels.length / columns;
        marker(0xD8);
        marker(0xC4);
        u16(2 + 17 + 17);
        out.write(0);
        // Seventeen categories: eight codes of 4 bits, six of 5, none of 6 and 7, three of 16.
        for (int length = 1; length <= 16; length++) {
            out.write(length == 4 ? 8 : length == 5 ? 6 : length == 16 ? 3 : 0);
        }
        for (int category = 0; category <= 16; category++) {
            out.write(category);
        }
        if (restartRows > 0) {
            marker(0xDD);
            u16(4);
            u16(restartRows * columns);
        }
        marker(0xC3);
        u16(11);
        out.write(precision);
        u16(rows);
        u16(columns);
        out.writeBytes(new byte[] {1, 1, 0x11, 0});
        marker(0xDA);
        u16(8);
        out.writeBytes(new byte[] {1, 1, 0, (byte) predictor, 0, (byte) pointTransform});
        for (int y = 0; y < rows; y++) {
            boolean restart = restartRows > 0 && y > 0 && y % restartRows == 0;
            if (restart) {
                flush();
                marker(0xD0 + (y / restartRows - 1) % 8);
            }
            boolean first = y == 0 || restart;
            for (int x = 0; x < columns; x++) {
                int value = pixels[y * columns + x] >> pointTransform;
                difference((short) (value - prediction(pixels, x, y, first)));
            }
        }
        flush();
        marker(0xD9);
        return out.toByteArray();
    }

    private int prediction(int[] pixels, int x, int y, boolean first) {
        int at = y * columns + x;
        if (first) {
            return x == 0 ? 1 << precision - pointTransform - 1 : pixels[at - 1] >> pointTransform;
        }
        int up = pixels[at - columns] >> pointTransform;
        if (x == 0) {
            return up;
        }
        int left = pixels[at - 1] >> pointTransform;
        int upLeft = pixels[at - columns - 1] >> pointTransform;
        return switch (predictor) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> upLeft;
            case 4 -> left + up - upLeft;
            case 5 -> left + (up - upLeft >> 1);
            case 6 -> up + (left - upLeft >> 1);
            default -> left + up >> 1;
        };
    }

    private void difference(int difference) {
        int category = difference == -32768 ? 16 : 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        if (category < 8) {
            put(category, 4);
        } else if (category < 14) {
            put(16 + category - 8, 5);
        } else {
            put((22 << 11) + category - 14, 16);
        }
        if (category < 16) {
            put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
        }
    }

    private void put(int value, int length) {
        bits = bits << length | value;
        for (count += length; count >= 8; count -= 8) {
            octet((int) (bits >> count - 8) & 0xFF);
        }
    }

    private void flush() {
        if (count > 0) {
            put((1 << 8 - count) - 1, 8 - count);
        }
    }

    private void octet(int value) {
        out.write(value);
        if (value == 0xFF) {
            out.write(0);
        }
    }

    private void marker(int code) {
        out.write(0xFF);
        out.write(code);
    }

    private void u16(int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
