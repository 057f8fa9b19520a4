package io.hilum.model.input;

/**
 * Antialiased bicubic resize of grey bytes (a = -0.5, support widened when shrinking), in the fixed-point
 * arithmetic of Pillow: horizontal pass, rounded to bytes, then vertical pass.
 *
 * <p>Threads: one thread owns it; between calls it keeps its scratch memory and one table of weights for each length
 * that came in, so use it for the films of a cache, not for canvases of any size ({@link Bicubic} keeps nothing).
 */
public final class Resampler {
    private final Weights columns = new Weights();
    private final Weights rows = new Weights();
    private int[] middle = new int[0];
    private int[] sums = new int[0];

    /**
     * Resizes the rectangle x, y, w, h of an image to outW x outH; nothing outside of the rectangle is used.
     *
     * @param source row-major grey bytes, {@code stride} bytes a row
     * @param mirror whether left and right change places
     * @param out [outH * outW] grey bytes, written from the start
     */
    public void resize(byte[] source, int stride, int x, int y, int w, int h, boolean mirror, byte[] out, int outW, int outH) {
        if (middle.length < h * outW) {
            middle = new int[h * outW];
        }
        if (sums.length < outW) {
            sums = new int[outW];
        }
        Taps across = columns.of(w, outW);
        int start = mirror ? outW - 1 : 0;
        int step = mirror ? -1 : 1;
        for (int r = 0; r < h; r++) {
            int from = (y + r) * stride + x;
            if (w == outW) {
                copy(source, from, middle, r * outW + start, step, outW);
            } else if (across.count() == 4) {
                four(source, from, across.first(), across.weight(), middle, r * outW + start, step);
            } else {
                any(source, from, across, middle, r * outW + start, step);
            }
        }
        Taps down = rows.of(h, outH);
        for (int r = 0; r < outH; r++) {
            if (down.count() == 4) {
                four(middle, down.first()[r] * outW, outW, down.weight(), r * 4, sums);
            } else {
                any(middle, down.first()[r] * outW, outW, down, r, sums);
            }
            pack(sums, out, r * outW, outW);
        }
    }

    private static void copy(byte[] source, int from, int[] to, int at, int step, int length) {
        for (int c = 0, p = at; c < length; c++, p += step) {
            to[p] = source[from + c] & 0xff;
        }
    }

    /** The usual case by far: no more than four neighbours count when an image grows. */
    private static void four(byte[] source, int from, int[] first, int[] weight, int[] to, int at, int step) {
        for (int c = 0, p = at, k = 0; c < first.length; c++, p += step, k += 4) {
            int q = from + first[c];
            to[p] = clip(Taps.HALF + (source[q] & 0xff) * weight[k] + (source[q + 1] & 0xff) * weight[k + 1]
                + (source[q + 2] & 0xff) * weight[k + 2] + (source[q + 3] & 0xff) * weight[k + 3]);
        }
    }

    private static void any(byte[] source, int from, Taps taps, int[] to, int at, int step) {
        int count = taps.count();
        int[] first = taps.first();
        int[] weight = taps.weight();
        for (int c = 0, p = at, k = 0; c < first.length; c++, p += step) {
            int sum = Taps.HALF;
            for (int q = from + first[c], end = q + count; q < end; q++, k++) {
                sum += (source[q] & 0xff) * weight[k];
            }
            to[p] = clip(sum);
        }
    }

    private static void four(int[] middle, int from, int length, int[] weight, int at, int[] sums) {
        int w0 = weight[at];
        int w1 = weight[at + 1];
        int w2 = weight[at + 2];
        int w3 = weight[at + 3];
        for (int c = 0; c < length; c++) {
            sums[c] = Taps.HALF + middle[from + c] * w0 + middle[from + length + c] * w1
                + middle[from + 2 * length + c] * w2 + middle[from + 3 * length + c] * w3;
        }
    }

    private static void any(int[] middle, int from, int length, Taps taps, int row, int[] sums) {
        java.util.Arrays.fill(sums, 0, length, Taps.HALF);
        for (int k = 0; k < taps.count(); k++) {
            add(middle, from + k * length, length, taps.weight()[row * taps.count() + k], sums);
        }
    }

    private static void add(int[] middle, int from, int length, int weight, int[] sums) {
        for (int c = 0; c < length; c++) {
            sums[c] += middle[from + c] * weight;
        }
    }

    private static void pack(int[] sums, byte[] out, int at, int length) {
        for (int c = 0; c < length; c++) {
            out[at + c] = (byte) clip(sums[c]);
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> Taps.BITS));
    }

    /** The weights towards one output length, by input length. */
    private static final class Weights {
        private int out = -1;
        private Taps[] byInput = new Taps[0];

        Taps of(int in, int length) {
            if (length != out || in >= byInput.length) {
                byInput = length == out ? java.util.Arrays.copyOf(byInput, in * 2) : new Taps[in + 1];
                out = length;
            }
            if (byInput[in] == null) {
                byInput[in] = Taps.of(in, length);
            }
            return byInput[in];
        }
    }
}
