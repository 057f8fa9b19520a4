package io.hilum.benchmarks.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Median and quartiles, by linear interpolation between the sorted values. */
public record Quartiles(double lower, double median, double upper) {
    public static Quartiles of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There are no quartiles of no values.");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", median, lower, upper);
    }
}
