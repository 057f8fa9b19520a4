package io.hilum.model.metric;

/**
 * The four cells of a decision against the truth. Cells may be weighted sums, as a resample counts some films twice.
 *
 * @param tp has the finding, flagged
 * @param fp has it not, flagged
 * @param fn has it, not flagged
 * @param tn has it not, not flagged
 */
public record Counts(double tp, double fp, double fn, double tn) {
    /** Share of the films with the finding that are flagged; NaN without such films. */
    public double sensitivity() {
        return share(tp, fn);
    }

    /** Share of the films without the finding that are not flagged. */
    public double specificity() {
        return share(tn, fp);
    }

    /** Share of the flagged films that have the finding; depends on how frequent the finding is. */
    public double ppv() {
        return share(tp, fp);
    }

    /** Share of the films not flagged that are free of it; depends on how frequent the finding is. */
    public double npv() {
        return share(tn, fn);
    }

    private static double share(double hits, double others) {
        return hits + others == 0 ? Double.NaN : hits / (hits + others);
    }
}
