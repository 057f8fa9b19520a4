package io.hilum.model.card;

/** An estimate with its 95 % interval. */
public record Interval(double value, double low, double high) {
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.3f (%.3f-%.3f)", value, low, high);
    }
}
