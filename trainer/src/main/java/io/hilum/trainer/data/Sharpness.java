package io.hilum.trainer.data;

/** ImageEnhance.Sharpness: a blend of the image and its 3x3 smoothed self (centre 5, neighbours 1); the outer pixels stay. No state. */
final class Sharpness {
    /** The sum of 13 weighted grey levels -> their rounded mean. */
    private static final short[] MEAN = new short[13 * 255 + 1];

    static {
        for (int sum = 0; sum < MEAN.length; sum++) {
            MEAN[sum] = (short) ((2 * sum + 13) / 26);
        }
    }

    private Sharpness() {}

    static void apply(byte[] from, byte[] to, int side, float factor) {
        System.arraycopy(from, 0, to, 0, Math.min(side, from.length));
        for (int y = 1; y < side - 1; y++) {
            row(from, to, y * side, side, factor);
        }
        System.arraycopy(from, from.length - side, to, from.length - side, side);
    }

    private static void row(byte[] from, byte[] to, int at, int side, float factor) {
        to[at] = from[at];
        to[at + side - 1] = from[at + side - 1];
        int left = three(from, at, side);
        int middle = three(from, at + 1, side);
        for (int p = at + 1; p < at + side - 1; p++) {
            int right = three(from, p + 1, side);
            int level = from[p] & 0xff;
            to[p] = (byte) GreyTable.blend(MEAN[left + middle + right + 4 * level], level, factor);
            left = middle;
            middle = right;
        }
    }

    private static int three(byte[] from, int p, int side) {
        return (from[p - side] & 0xff) + (from[p] & 0xff) + (from[p + side] & 0xff);
    }
}
