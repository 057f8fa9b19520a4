package io.hilum.trainer.data;

import java.util.function.IntUnaryOperator;

/**
 * What becomes of each of 256 grey levels after some operations of Pillow's (ImageOps, ImageEnhance), computed as
 * Pillow does, cuts instead of rounding included. One thread owns it.
 */
final class GreyTable {
    private final byte[] to = new byte[256];
    private boolean changes;

    GreyTable() {
        clear();
    }

    void clear() {
        for (int v = 0; v < 256; v++) {
            to[v] = (byte) v;
        }
        changes = false;
    }

    boolean changes() {
        return changes;
    }

    int of(int level) {
        return to[level] & 0xff;
    }

    /** One more operation behind those before. */
    void map(IntUnaryOperator operation) {
        for (int v = 0; v < 256; v++) {
            to[v] = (byte) operation.applyAsInt(to[v] & 0xff);
        }
        changes = true;
    }

    void apply(byte[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = to[pixels[i] & 0xff];
        }
    }

    /** Stretches the levels that occur over the whole range. */
    void autoContrast(long[] histogram) {
        int low = 0;
        while (low < 255 && histogram[low] == 0) {
            low++;
        }
        int high = 255;
        while (high > 0 && histogram[high] == 0) {
            high--;
        }
        if (high <= low) {
            return;
        }
        double scale = 255.0 / (high - low);
        double offset = -low * scale;
        map(v -> Math.max(0, Math.min(255, (int) (v * scale + offset))));
    }

    /** Makes the levels about equally frequent. */
    void equalize(long[] histogram) {
        long total = 0;
        long last = 0;
        int levels = 0;
        for (long n : histogram) {
            if (n != 0) {
                total += n;
                last = n;
                levels++;
            }
        }
        long step = levels <= 1 ? 0 : (total - last) / 255;
        if (step == 0) {
            return;
        }
        int[] equal = new int[256];
        long n = step / 2;
        for (int v = 0; v < 256; v++) {
            equal[v] = (int) Math.min(255, n / step);
            n += histogram[v];
        }
        map(v -> equal[v]);
    }

    /** Away from, or towards, the rounded mean level. */
    void contrast(long[] histogram, double factor) {
        long total = 0;
        long sum = 0;
        for (int v = 0; v < 256; v++) {
            total += histogram[v];
            sum += v * histogram[v];
        }
        int mean = (int) ((double) sum / total + 0.5);
        map(v -> blend(mean, v, (float) factor));
    }

    /** Image.blend: factor 0 gives the degenerate level, 1 the level itself, more than 1 goes beyond it. */
    static int blend(int degenerate, int level, float factor) {
        float v = degenerate + factor * (level - degenerate);
        return v <= 0 ? 0 : v >= 255 ? 255 : (int) v;
    }
}
