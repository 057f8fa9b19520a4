package io.hilum.trainer.data;

/**
 * A square grey image that is distorted step by step as Pillow would do it (ImageOps, ImageEnhance), to the bit.
 * Operations on single grey levels are gathered in one table and carried out together.
 *
 * <p>Threads: one thread owns it, for many films; it keeps its memory.
 */
final class GreyImage {
    private final GreyTable table = new GreyTable();
    private final long[] histogram = new long[256];
    private final int[] count = new int[1024];
    private byte[] pixels = new byte[0];
    private byte[] spare = new byte[0];
    private int side;

    /** Room for a new image [side * side], to be filled in by the caller. */
    byte[] begin(int newSide) {
        if (pixels.length != newSide * newSide) {
            pixels = new byte[newSide * newSide];
            spare = new byte[newSide * newSide];
        }
        side = newSide;
        table.clear();
        return pixels;
    }

    /** The image as it is now; the owner's until the next {@link #begin}. */
    byte[] finish() {
        settle();
        return pixels;
    }

    int side() {
        return side;
    }

    void autoContrast() {
        table.autoContrast(histogram());
    }

    void equalize() {
        table.equalize(histogram());
    }

    void contrast(double factor) {
        table.contrast(histogram(), factor);
    }

    void invert() {
        table.map(v -> 255 - v);
    }

    /** @param bits to keep; 0 leaves black */
    void posterize(int bits) {
        int mask = -(1 << 8 - bits);
        table.map(v -> v & mask);
    }

    void solarize(int threshold) {
        table.map(v -> v < threshold ? v : 255 - v);
    }

    void solarizeAdd(int add) {
        table.map(v -> v < 128 ? Math.min(255, v + add) : v);
    }

    void brightness(double factor) {
        table.map(v -> GreyTable.blend(0, v, (float) factor));
    }

    /** Gain about the middle grey, and a shift: not of Pillow, but what Hilum's own demo model learns with. */
    void tone(double gain, double shift) {
        table.map(v -> (int) Math.max(0, Math.min(255, Math.round((v - 128) * gain + 128 + shift))));
    }

    void sharpness(double factor) {
        settle();
        Sharpness.apply(pixels, spare, side, (float) factor);
        swap();
    }

    void warp(Affine map, boolean cubic, int fill) {
        settle();
        map.apply(pixels, spare, side, cubic, fill);
        swap();
    }

    private void swap() {
        byte[] was = pixels;
        pixels = spare;
        spare = was;
    }

    private void settle() {
        if (table.changes()) {
            table.apply(pixels);
            table.clear();
        }
    }

    /** How often each grey level occurs, the table's changes included. Counted in four parts, as neighbours often agree. */
    private long[] histogram() {
        java.util.Arrays.fill(count, 0);
        int i = 0;
        for (; i + 3 < pixels.length; i += 4) {
            count[pixels[i] & 0xff]++;
            count[256 + (pixels[i + 1] & 0xff)]++;
            count[512 + (pixels[i + 2] & 0xff)]++;
            count[768 + (pixels[i + 3] & 0xff)]++;
        }
        for (; i < pixels.length; i++) {
            count[pixels[i] & 0xff]++;
        }
        java.util.Arrays.fill(histogram, 0);
        for (int v = 0; v < 256; v++) {
            histogram[table.of(v)] += count[v] + count[256 + v] + count[512 + v] + count[768 + v];
        }
        return histogram;
    }
}
