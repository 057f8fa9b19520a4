package io.hilum.trainer.data;

import java.util.SplittableRandom;

/**
 * A generator for each place in a training, so that a training that was killed goes on with the very draws it would have
 * made. The place is hashed before it becomes a generator's state: {@link SplittableRandom} counts its state up by a fixed
 * step, so states that differ by multiples of that step give the same draws, only shifted.
 */
public final class RandomStream {
    private RandomStream() {}

    /**
     * @param seed of the training, xor a constant for each kind of draw, or two kinds see the same numbers
     * @param time step or epoch
     * @param place film in the batch, or position in the selection
     */
    public static SplittableRandom at(long seed, long time, long place) {
        return new SplittableRandom(mix(seed, time, place));
    }

    /** Finisher of MurmurHash3's 64-bit kind (David Stafford's variant 13) over a sum with odd factors. */
    private static long mix(long seed, long time, long place) {
        long z = seed * 0x9e3779b97f4a7c15L + time * 0xbf58476d1ce4e5b9L + place * 0x94d049bb133111ebL;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
