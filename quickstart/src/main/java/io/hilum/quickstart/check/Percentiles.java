package io.hilum.quickstart.check;

/** Percentiles of a sorted sample by the nearest rank: always a value that occurred. */
public final class Percentiles {

    private Percentiles() {}

    /**
     * @param sorted ascending
     * @param share 0..1
     * @return the smallest value that at least the share of the sample does not exceed; NaN of nothing
     */
    public static double nearestRank(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
