package io.hilum.imaging.canvas;

/**
 * Antialiased shrinking, rows then columns: each new pixel is the mean of the old ones around its centre under a
 * triangle as wide as two new pixels (a bilinear filter that widens with the scale, as Pillow's). Integer arithmetic
 * throughout. Immutable.
 */
final class Shrink {

    /** Fraction bits of the grey values that go in: 255 is {@code 255 << 8}. */
    static final int FRACTION_BITS = 8;

    private static final int WEIGHT_BITS = 14;

    /** A film row by row. */
    interface Rows {
        /** @param row receives the grey values of row y, with {@link #FRACTION_BITS} fraction bits */
        void read(int y, int[] row);
    }

    /** Which old pixels make a new one: from {@code start[i]}, with {@code weights[i]}, which add up to one. */
    private record Taps(int[] start, int[][] weights) {

        static Taps of(int from, int to) {
            double scale = (double) from / to;
            int[] start = new int[to];
            int[][] weights = new int[to][];
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * scale;
                start[i] = Math.max(0, (int) (center - scale + 0.5));
                int end = Math.min(from, (int) (center + scale + 0.5));
                double[] weight = new double[end - start[i]];
                double sum = 0;
                for (int k = 0; k < weight.length; k++) {
                    weight[k] = Math.max(0, 1 - Math.abs((start[i] + k + 0.5 - center) / scale));
                    sum += weight[k];
                }
                weights[i] = fixed(weight, sum);
            }
            return new Taps(start, weights);
        }

        /** Rounds to fixed point; the middle takes what rounding left over, so that white stays white. */
        private static int[] fixed(double[] weight, double sum) {
            int[] fixed = new int[weight.length];
            int left = 1 << WEIGHT_BITS;
            for (int k = 0; k < weight.length; k++) {
                fixed[k] = (int) Math.round(weight[k] / sum * (1 << WEIGHT_BITS));
                left -= fixed[k];
            }
            fixed[weight.length / 2] += left;
            return fixed;
        }
    }

    private final int columns;
    private final int rows;
    private final int width;
    private final int height;

    /** Neither width nor height may be more than the film's columns and rows. */
    Shrink(int columns, int rows, int width, int height) {
        this.columns = columns;
        this.rows = rows;
        this.width = width;
        this.height = height;
    }

    /** @return width x height grey values */
    byte[] apply(Rows film) {
        byte[] pixels = new byte[width * height];
        if (columns == width && rows == height) {
            int[] row = new int[columns];
            for (int y = 0; y < rows; y++) {
                film.read(y, row);
                round(row, FRACTION_BITS, pixels, y * width);
            }
            return pixels;
        }
        char[][] narrow = narrow(film);
        Taps taps = Taps.of(rows, height);
        int[] sums = new int[width];
        for (int y = 0; y < height; y++) {
            int[] weights = taps.weights[y];
            java.util.Arrays.fill(sums, 0);
            for (int k = 0; k < weights.length; k++) {
                add(narrow[taps.start[y] + k], weights[k], sums);
            }
            round(sums, WEIGHT_BITS + FRACTION_BITS, pixels, y * width);
        }
        return pixels;
    }

    /** @return every film row, shrunk to the new width */
    private char[][] narrow(Rows film) {
        Taps taps = Taps.of(columns, width);
        char[][] narrow = new char[rows][width];
        int[] row = new int[columns];
        for (int y = 0; y < rows; y++) {
            film.read(y, row);
            char[] target = narrow[y];
            for (int x = 0; x < width; x++) {
                int[] weights = taps.weights[x];
                int start = taps.start[x];
                int sum = 1 << WEIGHT_BITS - 1;
                for (int k = 0; k < weights.length; k++) {
                    sum += row[start + k] * weights[k];
                }
                target[x] = (char) (sum >> WEIGHT_BITS);
            }
        }
        return narrow;
    }

    private static void add(char[] row, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x] * weight;
        }
    }

    private static void round(int[] values, int bits, byte[] target, int start) {
        int half = 1 << bits - 1;
        for (int x = 0; x < values.length; x++) {
            target[start + x] = (byte) (values[x] + half >> bits);
        }
    }
}
