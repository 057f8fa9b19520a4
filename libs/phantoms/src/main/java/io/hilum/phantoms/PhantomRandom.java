package io.hilum.phantoms;

import java.nio.charset.StandardCharsets;

/**
 * A seeded generator that gives the same values on every machine and in every Java version (SplitMix64; Steele, Lea and
 * Flood, OOPSLA 2014).
 *
 * <p>Each thing that is drawn (lesions, sex, device ...) uses its own {@link #fork(String) fork}. So they are independent by
 * construction, and a new thing to draw does not move the others.
 *
 * <p>Threading: one owner.
 */
public final class PhantomRandom {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long origin;
    private long state;

    /** @param seed any value; equal seeds give equal sequences */
    public PhantomRandom(long seed) {
        this.origin = seed;
        this.state = seed;
    }

    /** A generator of its own for one named thing; does not depend on what was drawn from this one. */
    public PhantomRandom fork(String name) {
        long h = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new PhantomRandom(mix(origin + GOLDEN) ^ mix(h));
    }

    /** A generator of its own for the index-th member of a family, such as the n-th patient. */
    public PhantomRandom fork(String name, long index) {
        return new PhantomRandom(mix(fork(name).origin + GOLDEN * (index + 1)));
    }

    /** Next 64 random bits. */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in {0 ... bound-1}. */
    public int below(int bound) {
        return (int) Math.min(bound - 1, (long) (uniform() * bound));
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Normal within six standard deviations, as a sum of twelve uniforms: no transcendental function, so no platform. */
    public double normal(double mean, double deviation) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += uniform();
        }
        return mean + deviation * sum;
    }

    /** Normal, cut to [low, high]. */
    public double normal(double mean, double deviation, double low, double high) {
        return Math.max(low, Math.min(high, normal(mean, deviation)));
    }

    /** The finaliser of SplitMix64: a good hash of 64 bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
