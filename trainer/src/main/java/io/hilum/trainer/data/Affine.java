package io.hilum.trainer.data;

/**
 * The map by which an output pixel finds its place in the input: (a x + b y + c, d x + e y + f), and Pillow's way of
 * reading there, to the bit: pixel centres at halves, edges repeated, results cut to bytes without rounding.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
    /** About the middle of a square, anticlockwise. */
    static Affine rotation(double degrees, int side) {
        double turn = degrees % 360;
        double angle = -Math.toRadians(turn < 0 ? turn + 360 : turn);
        double cos = fifteen(StrictMath.cos(angle));
        double sin = fifteen(StrictMath.sin(angle));
        double middle = side / 2.0;
        return new Affine(cos, sin, cos * -middle + sin * -middle + 0.0 + middle,
            -sin, cos, -sin * -middle + cos * -middle + 0.0 + middle);
    }

    /** Pillow rounds to 15 decimals, so that quarter turns are exact. */
    private static double fifteen(double v) {
        return Math.rint(v * 1e15) / 1e15;
    }

    /** Reads all of {@code from} [side * side] into {@code to}. */
    void apply(byte[] from, byte[] to, int side, boolean cubic, int fill) {
        boolean rows = d == 0 && e == 1 && f == 0;
        boolean columns = a == 1 && b == 0 && c == 0;
        for (int y = 0, at = 0; y < side; y++) {
            for (int x = 0; x < side; x++, at++) {
                double px = a * (x + 0.5) + b * (y + 0.5) + c;
                double py = d * (x + 0.5) + e * (y + 0.5) + f;
                if (px < 0 || px >= side || py < 0 || py >= side) {
                    to[at] = (byte) fill;
                    continue;
                }
                px -= 0.5;
                py -= 0.5;
                int ix = px < 0 ? -1 : (int) px;
                int iy = py < 0 ? -1 : (int) py;
                double dx = px - ix;
                double dy = py - iy;
                double v;
                if (rows) {
                    v = cubic ? cubicRow(from, iy * side, ix, dx, side) : linearRow(from, iy * side, ix, dx, side);
                } else if (columns) {
                    v = cubic ? cubicColumn(from, ix, iy, dy, side) : linearColumn(from, ix, iy, dy, side);
                } else {
                    v = cubic ? cubic(from, ix, iy, dx, dy, side) : linear(from, ix, iy, dx, dy, side);
                }
                to[at] = (byte) (v <= 0 ? 0 : v >= 255 ? 255 : (int) v);
            }
        }
    }

    private static double cubic(byte[] from, int ix, int iy, double dx, double dy, int side) {
        return cubic(cubicRow(from, within(iy - 1, side) * side, ix, dx, side), cubicRow(from, within(iy, side) * side, ix, dx, side),
            cubicRow(from, within(iy + 1, side) * side, ix, dx, side), cubicRow(from, within(iy + 2, side) * side, ix, dx, side), dy);
    }

    private static double linear(byte[] from, int ix, int iy, double dx, double dy, int side) {
        double up = linearRow(from, within(iy, side) * side, ix, dx, side);
        double down = linearRow(from, within(iy + 1, side) * side, ix, dx, side);
        return up + (down - up) * dy;
    }

    private static double cubicRow(byte[] from, int row, int ix, double dx, int side) {
        if (ix >= 1 && ix < side - 2) {
            int p = row + ix;
            return cubic(from[p - 1] & 0xff, from[p] & 0xff, from[p + 1] & 0xff, from[p + 2] & 0xff, dx);
        }
        return cubic(from[row + within(ix - 1, side)] & 0xff, from[row + within(ix, side)] & 0xff,
            from[row + within(ix + 1, side)] & 0xff, from[row + within(ix + 2, side)] & 0xff, dx);
    }

    private static double cubicColumn(byte[] from, int ix, int iy, double dy, int side) {
        return cubic(from[within(iy - 1, side) * side + ix] & 0xff, from[within(iy, side) * side + ix] & 0xff,
            from[within(iy + 1, side) * side + ix] & 0xff, from[within(iy + 2, side) * side + ix] & 0xff, dy);
    }

    private static double linearRow(byte[] from, int row, int ix, double dx, int side) {
        int left = from[row + within(ix, side)] & 0xff;
        return left + ((from[row + within(ix + 1, side)] & 0xff) - left) * dx;
    }

    private static double linearColumn(byte[] from, int ix, int iy, double dy, int side) {
        int up = from[within(iy, side) * side + ix] & 0xff;
        return up + ((from[within(iy + 1, side) * side + ix] & 0xff) - up) * dy;
    }

    private static double cubic(double v1, double v2, double v3, double v4, double d) {
        double p2 = -v1 + v3;
        double p3 = 2 * (v1 - v2) + v3 - v4;
        double p4 = -v1 + v2 - v3 + v4;
        return v2 + d * (p2 + d * (p3 + d * p4));
    }

    private static int within(int i, int side) {
        return Math.max(0, Math.min(side - 1, i));
    }
}
