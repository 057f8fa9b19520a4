package io.hilum.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A plain encoder of JPEG-LS for tests, written along ITU-T T.87 annex A without the decoder's tables: any precision,
 * NEAR, preset parameters and restart interval. {@link JpegLsPeerTest} holds it against dcmtk.
 */
final class TestJpegLs {

    private static final int[] J = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final int columns;
    private final int precision;
    private final JpegLsParameters parameters;
    private final int[] preset;
    private final int restartLines;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int[] a = new int[367];
    private final int[] b = new int[367];
    private final int[] c = new int[367];
    private final int[] n = new int[367];
    private final int[] negative = new int[2];
    private int runIndex;
    private int octet;
    private int used;
    private int capacity = 8;

    /** With default parameters. */
    TestJpegLs(int columns, int precision, int near) {
        this(columns, precision, near, null, 0);
    }

    /**
     * @param preset MAXVAL, T1, T2, T3 and RESET for an LSE segment, 0 for a default; null for no segment
     * @param restartLines lines between restart markers; 0 for none
     */
    TestJpegLs(int columns, int precision, int near, int[] preset, int restartLines) {
        this.columns = columns;
        this.precision = precision;
        this.preset = preset;
        this.restartLines = restartLines;
        int[] given = preset == null ? new int[5] : preset;
        this.parameters = JpegLsParameters.of(
                given[0] == 0 ? (1 << precision) - 1 : given[0], near, given[1], given[2], given[3], given[4]);
    }

    /** @param pixels 0 to MAXVAL */
    byte[] encode(int[] pixels) {
        int rows = pixels.length / columns;
        header(rows);
        // What a decoder will have: near-lossless coding predicts from reconstructed pixels.
        int[] coded = pixels.clone();
        for (int y = 0; y < rows; y++) {
            boolean restart = restartLines > 0 && y % restartLines == 0;
            if (restart && y > 0) {
                flush();
                marker(0xD0 + (y / restartLines - 1) % 8);
            }
            if (restart || y == 0) {
                reset();
            }
            line(coded, y, restartLines > 0 ? y - y % restartLines : 0);
        }
        flush();
        marker(0xD9);
        return out.toByteArray();
    }

    private void header(int rows) {
        marker(0xD8);
        marker(0xF7);
        u16(11);
        out.write(precision);
        u16(rows);
        u16(columns);
        out.writeBytes(new byte[] {1, 1, 0x11, 0});
        if (preset != null) {
            marker(0xF8);
            u16(13);
            out.write(1);
            Arrays.stream(preset).forEach(this::u16);
        }
        if (restartLines > 0) {
            marker(0xDD);
            u16(4);
            u16(restartLines);
        }
        marker(0xDA);
        u16(8);
        out.writeBytes(new byte[] {1, 1, 0, (byte) parameters.near(), 0, 0});
    }

    private void reset() {
        Arrays.fill(a, Math.max(2, (parameters.range() + 32) / 64));
        Arrays.fill(b, 0);
        Arrays.fill(c, 0);
        Arrays.fill(n, 1);
        Arrays.fill(negative, 0);
        runIndex = 0;
    }

    private void line(int[] coded, int y, int firstLine) {
        int x = 0;
        while (x < columns) {
            int left = at(coded, x - 1, y, firstLine);
            int above = at(coded, x, y - 1, firstLine);
            int aboveLeft = at(coded, x - 1, y - 1, firstLine);
            int aboveRight = at(coded, x + 1, y - 1, firstLine);
            int context = 81 * region(aboveRight - above) + 9 * region(above - aboveLeft) + region(aboveLeft - left);
            if (context == 0) {
                x = run(coded, x, y, left, firstLine);
            } else {
                regular(coded, y * columns + x, context, left, above, aboveLeft);
                x++;
            }
        }
    }

    /** Section A.2.1: the pixels around the edges. */
    private int at(int[] coded, int x, int y, int firstLine) {
        if (y < firstLine) {
            return 0;
        }
        if (x < 0) {
            return at(coded, 0, y - 1, firstLine);
        }
        return coded[y * columns + Math.min(x, columns - 1)];
    }

    private int region(int gradient) {
        int magnitude = Math.abs(gradient);
        int region = magnitude <= parameters.near() ? 0 : magnitude < parameters.t1() ? 1
                : magnitude < parameters.t2() ? 2 : magnitude < parameters.t3() ? 3 : 4;
        return gradient < 0 ? -region : region;
    }

    private void regular(int[] coded, int at, int signed, int left, int above, int aboveLeft) {
        int sign = signed < 0 ? -1 : 1;
        int q = Math.abs(signed);
        int predicted = aboveLeft >= Math.max(left, above) ? Math.min(left, above)
                : aboveLeft <= Math.min(left, above) ? Math.max(left, above) : left + above - aboveLeft;
        predicted = clamped(predicted + sign * c[q]);
        int error = modulo(quantised(sign * (coded[at] - predicted)));
        int k = golombParameter(n[q], a[q]);
        boolean skewed = parameters.near() == 0 && k == 0 && 2 * b[q] <= -n[q];
        int mapped = skewed
                ? error >= 0 ? 2 * error + 1 : -2 * (error + 1)
                : error >= 0 ? 2 * error : -2 * error - 1;
        golomb(mapped, k, parameters.limit());
        coded[at] = reconstructed(predicted, sign * error);
        b[q] += error * (2 * parameters.near() + 1);
        a[q] += Math.abs(error);
        if (n[q] == parameters.reset()) {
            a[q] /= 2;
            b[q] = Math.floorDiv(b[q], 2);
            n[q] /= 2;
        }
        n[q]++;
        if (b[q] <= -n[q]) {
            b[q] += n[q];
            c[q] = Math.max(-128, c[q] - 1);
            b[q] = Math.max(b[q], -n[q] + 1);
        } else if (b[q] > 0) {
            b[q] -= n[q];
            c[q] = Math.min(127, c[q] + 1);
            b[q] = Math.min(b[q], 0);
        }
    }

    private int run(int[] coded, int start, int y, int left, int firstLine) {
        int x = start;
        while (x < columns && Math.abs(coded[y * columns + x] - left) <= parameters.near()) {
            coded[y * columns + x++] = left;
        }
        int length = x - start;
        while (length >= 1 << J[runIndex]) {
            put(1, 1);
            length -= 1 << J[runIndex];
            runIndex = Math.min(31, runIndex + 1);
        }
        if (x == columns) {
            if (length > 0) {
                put(1, 1);
            }
            return x;
        }
        put(0, 1);
        put(length, J[runIndex]);
        interruption(coded, y * columns + x, left, at(coded, x, y - 1, firstLine));
        runIndex = Math.max(0, runIndex - 1);
        return x + 1;
    }

    private void interruption(int[] coded, int at, int left, int above) {
        int type = Math.abs(left - above) <= parameters.near() ? 1 : 0;
        int q = 365 + type;
        int predicted = type == 1 ? left : above;
        int sign = type == 0 && left > above ? -1 : 1;
        int error = modulo(quantised(sign * (coded[at] - predicted)));
        int k = golombParameter(n[q], type == 1 ? a[q] + n[q] / 2 : a[q]);
        boolean map = k == 0 && error > 0 && 2 * negative[type] < n[q]
                || error < 0 && (2 * negative[type] >= n[q] || k != 0);
        int mapped = 2 * Math.abs(error) - type - (map ? 1 : 0);
        golomb(mapped, k, parameters.limit() - J[runIndex] - 1);
        coded[at] = reconstructed(predicted, sign * error);
        negative[type] += error < 0 ? 1 : 0;
        a[q] += (mapped + 1 - type) / 2;
        if (n[q] == parameters.reset()) {
            a[q] /= 2;
            n[q] /= 2;
            negative[type] /= 2;
        }
        n[q]++;
    }

    private int quantised(int error) {
        int near = parameters.near();
        return error > 0 ? (error + near) / (2 * near + 1) : -(near - error) / (2 * near + 1);
    }

    private int modulo(int error) {
        int range = parameters.range();
        int positive = error < 0 ? error + range : error;
        return positive >= (range + 1) / 2 ? positive - range : positive;
    }

    private int reconstructed(int predicted, int error) {
        int step = 2 * parameters.near() + 1;
        int value = predicted + error * step;
        if (value < -parameters.near()) {
            value += parameters.range() * step;
        } else if (value > parameters.maxval() + parameters.near()) {
            value -= parameters.range() * step;
        }
        return clamped(value);
    }

    private int clamped(int value) {
        return Math.max(0, Math.min(parameters.maxval(), value));
    }

    private static int golombParameter(int count, int sum) {
        int k = 0;
        while ((long) count << k < sum) {
            k++;
        }
        return k;
    }

    private void golomb(int value, int k, int limit) {
        int longest = limit - parameters.errorBits() - 1;
        if (value >> k < longest) {
            zeros(value >> k);
            put(1, 1);
            put(value & (1 << k) - 1, k);
        } else {
            zeros(longest);
            put(1, 1);
            put(value - 1, parameters.errorBits());
        }
    }

    private void zeros(int count) {
        for (int i = 0; i < count; i++) {
            put(0, 1);
        }
    }

    private void put(int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            octet = octet << 1 | value >> i & 1;
            if (++used == capacity) {
                out.write(octet);
                capacity = octet == 0xFF ? 7 : 8;
                octet = 0;
                used = 0;
            }
        }
    }

    /** Fills up with zeros; after FF a byte is due even when nothing is left. */
    private void flush() {
        while (used > 0 || capacity == 7) {
            put(0, 1);
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
