package io.hilum.trainer.eval.calibration;

import io.hilum.model.card.Calibration;
import io.hilum.model.card.Softmax;
import java.util.function.DoubleUnaryOperator;

/**
 * Temperature scaling (Guo et al., 2017): every logit divided by one number, chosen for the least mean log loss on
 * validation. It can make a model less or more sure; it cannot move its middle, as Platt's intercept can.
 */
public final class Temperature {
    private static final double LEAST = 0.02;
    private static final double MOST = 50;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double ENOUGH = 1e-9;

    private Temperature() {}

    /** For one label of a model whose labels are independent. @param truth 0 or 1; other values leave the film out */
    public static Calibration fit(double[] logits, int[] truth) {
        return new Calibration(1 / least(t -> {
            double sum = 0;
            for (int i = 0; i < logits.length; i++) {
                if (truth[i] == 0 || truth[i] == 1) {
                    double z = logits[i] / t;
                    sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - truth[i] * z;
                }
            }
            return sum;
        }), 0);
    }

    /** For a model that names exactly one class. @param truth the class; below 0: unknown, left out */
    public static Softmax fitClasses(float[][] logits, int[] truth) {
        return new Softmax(least(t -> {
            Softmax softmax = new Softmax(t);
            double sum = 0;
            for (int i = 0; i < logits.length; i++) {
                if (truth[i] >= 0) {
                    // log(1 + e^-m) is the log loss of a class whose log-odds are m.
                    double m = softmax.logOdds(logits[i])[truth[i]];
                    sum += Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
                }
            }
            return sum;
        }));
    }

    /** Golden-section search over the logarithm; the loss is convex in 1 / T, so it has one valley. */
    private static double least(DoubleUnaryOperator loss) {
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double fa = loss.applyAsDouble(Math.exp(a));
        double fb = loss.applyAsDouble(Math.exp(b));
        while (high - low > ENOUGH) {
            if (fa <= fb) {
                high = b;
                b = a;
                fb = fa;
                a = high - GOLDEN * (high - low);
                fa = loss.applyAsDouble(Math.exp(a));
            } else {
                low = a;
                a = b;
                fa = fb;
                b = low + GOLDEN * (high - low);
                fb = loss.applyAsDouble(Math.exp(b));
            }
        }
        return Math.exp((low + high) / 2);
    }
}
