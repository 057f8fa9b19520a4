package io.hilum.model.metric;

import io.hilum.model.card.Interval;
import java.util.Arrays;

/**
 * The mean of a few repeated runs with its 95 % interval by Student's t, n - 1 degrees of freedom. It tells how much
 * the seed matters; it says nothing about how much the choice of films matters.
 */
public final class StudentT {
    private static final int HALVINGS = 200;

    private StudentT() {}

    /** @param values at least two */
    public static Interval mean(double... values) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("An interval of a mean needs at least two values, not " + n + ".");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double half = quantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /** The value that Student's t with {@code degrees} of freedom stays below with chance {@code p} in [0.5, 1). */
    public static double quantile(double p, int degrees) {
        if (!(p >= 0.5 && p < 1) || degrees < 1) {
            throw new IllegalArgumentException("No quantile of t for p = " + p + " and " + degrees + " degrees of freedom.");
        }
        double high = 1;
        while (below(high, degrees) < p) {
            high *= 2;
        }
        double low = 0;
        for (int i = 0; i < HALVINGS && high - low > 0; i++) {
            double middle = (low + high) / 2;
            if (below(middle, degrees) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** P(T &lt;= t) for t &gt;= 0: a finite sum for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
    static double below(double t, int degrees) {
        double angle = Math.atan(t / Math.sqrt(degrees));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cos : 1;
        double sum = 0;
        for (int k = odd ? 3 : 2; k <= degrees; k += 2) {
            sum += term;
            term *= cos * cos * (k - 1) / k;
        }
        double inside = odd ? 2 / Math.PI * (angle + sin * sum) : sin * sum;
        return (1 + inside) / 2;
    }
}
