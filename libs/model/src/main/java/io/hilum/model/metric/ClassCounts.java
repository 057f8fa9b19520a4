package io.hilum.model.metric;

/**
 * How a model that names exactly one class decided: {@code cell[t][p]} films of class t were called p.
 * Cells may be weighted sums.
 */
public record ClassCounts(double[][] cell) {
    /**
     * Counts the decisions for the largest score (the first of equal ones, as the reference's argmax).
     *
     * @param scores [N][L]
     * @param truth the class of each film; below 0: unknown, the film is left out
     * @param weight how often each film counts; null for once
     */
    public static ClassCounts of(float[][] scores, int[] truth, int classes, int[] weight) {
        double[][] cell = new double[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= 0) {
                cell[truth[i]][largest(scores[i])] += weight == null ? 1 : weight[i];
            }
        }
        return new ClassCounts(cell);
    }

    /** Index of the largest value, the first of equal ones. */
    public static int largest(float[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /** Share of the films that were called what they are. */
    public double accuracy() {
        double right = 0;
        double all = 0;
        for (int t = 0; t < cell.length; t++) {
            right += cell[t][t];
            all += row(t);
        }
        return right / all;
    }

    /** Share of the films of a class that were called so; NaN without such films. */
    public double sensitivity(int c) {
        return row(c) == 0 ? Double.NaN : cell[c][c] / row(c);
    }

    /** Share of the films called so that are of the class; NaN when nothing was called so. */
    public double ppv(int c) {
        return column(c) == 0 ? Double.NaN : cell[c][c] / column(c);
    }

    /** The mean of the classes' sensitivities: a rare class counts as much as a frequent one. */
    public double meanSensitivity() {
        double sum = 0;
        for (int c = 0; c < cell.length; c++) {
            sum += sensitivity(c);
        }
        return sum / cell.length;
    }

    /** Films of class {@code t}. */
    public double row(int t) {
        double sum = 0;
        for (double films : cell[t]) {
            sum += films;
        }
        return sum;
    }

    /** Films called {@code p}. */
    public double column(int p) {
        double sum = 0;
        for (double[] films : cell) {
            sum += films[p];
        }
        return sum;
    }
}
