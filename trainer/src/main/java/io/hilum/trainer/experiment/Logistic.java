package io.hilum.trainer.experiment;

/**
 * Logistic regression with an L2 penalty on standardised features, by Newton's method. Immutable; any thread.
 *
 * @param mean of each feature in training
 * @param scale 1 / deviation of each feature; 0 for one that never varies
 * @param weight [features], then the intercept
 */
record Logistic(double[] mean, double[] scale, double[] weight) {
    private static final int ITERATIONS = 25;
    private static final double ENOUGH = 1e-6;

    /**
     * @param x [films][features]
     * @param y 0 or 1
     * @param penalty half of it times the squared weights is added to the sum of losses; the intercept is free
     */
    static Logistic fit(double[][] x, int[] y, double penalty) {
        int features = x[0].length;
        double[] mean = new double[features];
        double[] scale = new double[features];
        for (int f = 0; f < features; f++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : x) {
                sum += row[f];
                squares += row[f] * row[f];
            }
            mean[f] = sum / x.length;
            double variance = squares / x.length - mean[f] * mean[f];
            scale[f] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
        }
        double[][] z = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            z[i] = standard(x[i], mean, scale);
        }
        double[] weight = new double[features + 1];
        for (int i = 0; i < ITERATIONS && step(z, y, penalty, weight) > ENOUGH; i++) {
            // Each step changes the weights in place.
        }
        return new Logistic(mean, scale, weight);
    }

    /** The logit of one film. */
    double score(double[] x) {
        return dot(standard(x, mean, scale), weight);
    }

    /** [features + 1]: standardised, then 1. */
    private static double[] standard(double[] x, double[] mean, double[] scale) {
        double[] out = new double[x.length + 1];
        for (int f = 0; f < x.length; f++) {
            out[f] = (x[f] - mean[f]) * scale[f];
        }
        out[x.length] = 1;
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** @return the largest change of a weight */
    private static double step(double[][] z, int[] y, double penalty, double[] weight) {
        int d = weight.length;
        double[][] hessian = new double[d][d];
        double[] gradient = new double[d];
        for (int i = 0; i < z.length; i++) {
            double p = 1 / (1 + Math.exp(-dot(z[i], weight)));
            double curvature = p * (1 - p);
            for (int a = 0; a < d; a++) {
                gradient[a] += (p - y[i]) * z[i][a];
                double scaled = curvature * z[i][a];
                for (int b = 0; b <= a; b++) {
                    hessian[a][b] += scaled * z[i][b];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            boolean intercept = a == d - 1;
            gradient[a] += intercept ? 0 : penalty * weight[a];
            // The intercept's trace of a penalty keeps the matrix invertible when all films are told apart.
            hessian[a][a] += intercept ? 1e-6 : penalty + 1e-9;
        }
        double[] change = solve(hessian, gradient);
        double largest = 0;
        for (double c : change) {
            largest = Math.max(largest, Math.abs(c));
        }
        // Far from the optimum a whole Newton step may overshoot.
        double part = Math.min(1, 5 / Math.max(largest, 1e-12));
        for (int a = 0; a < d; a++) {
            weight[a] -= part * change[a];
        }
        return largest;
    }

    /** Cholesky; the lower half of the matrix is overwritten. */
    private static double[] solve(double[][] m, double[] right) {
        int d = right.length;
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = m[a][b];
                for (int k = 0; k < b; k++) {
                    sum -= m[a][k] * m[b][k];
                }
                m[a][b] = a == b ? Math.sqrt(Math.max(sum, 1e-12)) : sum / m[b][b];
            }
        }
        double[] x = right.clone();
        for (int a = 0; a < d; a++) {
            for (int k = 0; k < a; k++) {
                x[a] -= m[a][k] * x[k];
            }
            x[a] /= m[a][a];
        }
        for (int a = d - 1; a >= 0; a--) {
            for (int k = a + 1; k < d; k++) {
                x[a] -= m[k][a] * x[k];
            }
            x[a] /= m[a][a];
        }
        return x;
    }
}
