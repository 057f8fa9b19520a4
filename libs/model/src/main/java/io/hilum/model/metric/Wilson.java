package io.hilum.model.metric;

import io.hilum.model.card.Interval;

/** Wilson's 95 % interval of a share; sound also near 0 and 1, where resampling is too sure. */
public final class Wilson {
    private static final double Z = 1.959963984540054;

    private Wilson() {}

    public static Interval of(long hits, long of) {
        if (of == 0) {
            return new Interval(Double.NaN, 0, 1);
        }
        double p = (double) hits / of;
        double z2 = Z * Z / of;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / of + z2 / of / 4);
        return new Interval(p, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** The wider of both at either end. */
    public static Interval wider(Interval a, Interval b) {
        return new Interval(a.value(), Math.min(a.low(), b.low()), Math.max(a.high(), b.high()));
    }
}
