package io.hilum.trainer.eval.calibration;

import io.hilum.model.card.Calibration;

/**
 * Platt scaling: the logistic regression of the truth on the logit, with Platt's targets, which keep the fit finite
 * when the logits separate perfectly.
 */
public final class Platt {
    private static final int STEPS = 100;
    private static final double ENOUGH = 1e-10;

    private Platt() {}

    /** @param truth 0 or 1; other values leave the film out. A slope that is not positive gives no calibration. */
    public static Calibration fit(double[] logits, int[] truth) {
        long positives = java.util.Arrays.stream(truth).filter(t -> t == 1).count();
        long negatives = java.util.Arrays.stream(truth).filter(t -> t == 0).count();
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (negatives + 2.0);
        // From slope 0, where the curvature is largest; a steep start has none and the first step leaps anywhere.
        double a = 0;
        double b = Math.log((positives + 1.0) / (negatives + 1.0));
        double error = error(logits, truth, high, low, a, b);
        for (int step = 0; step < STEPS; step++) {
            double ga = 0;
            double gb = 0;
            double haa = 1e-12;
            double hbb = 1e-12;
            double hab = 0;
            for (int i = 0; i < logits.length; i++) {
                if (truth[i] == 0 || truth[i] == 1) {
                    double p = 1 / (1 + Math.exp(-(a * logits[i] + b)));
                    double d = p - (truth[i] == 1 ? high : low);
                    double w = p * (1 - p);
                    ga += d * logits[i];
                    gb += d;
                    haa += w * logits[i] * logits[i];
                    hab += w * logits[i];
                    hbb += w;
                }
            }
            double det = haa * hbb - hab * hab;
            double da = -(hbb * ga - hab * gb) / det;
            double db = -(haa * gb - hab * ga) / det;
            double size = 1;
            double next = error(logits, truth, high, low, a + da, b + db);
            while (!(next <= error) && size > 1e-8) {
                size /= 2;
                next = error(logits, truth, high, low, a + size * da, b + size * db);
            }
            if (!(error - next > ENOUGH)) {
                break;
            }
            a += size * da;
            b += size * db;
            error = next;
        }
        return a > 0 && Double.isFinite(a) && Double.isFinite(b) ? new Calibration(a, b) : Calibration.NONE;
    }

    private static double error(double[] logits, int[] truth, double high, double low, double a, double b) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            if (truth[i] == 0 || truth[i] == 1) {
                double z = a * logits[i] + b;
                // log(1 + e^z) - t z without overflow.
                sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (truth[i] == 1 ? high : low) * z;
            }
        }
        return sum;
    }
}
