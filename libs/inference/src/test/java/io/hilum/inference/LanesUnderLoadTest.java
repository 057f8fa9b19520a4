package io.hilum.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random traffic through the batcher's rule and one engine that takes the same time for every batch, in simulated time:
 * thousands of images in a moment, the same on every machine.
 */
class LanesUnderLoadTest {

    private static final long DELAY = 2_000_000;
    private static final long COMPUTE = 20_000_000;
    private static final int MAX_BATCH = 32;
    private static final int IMAGES = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsNoMoreThanOneInAHundredLongerThanDelayAndOneBatchAt70Percent(long seed) {
        for (List<Integer> preferred : List.of(List.<Integer>of(), List.of(8, 16, 32), List.of(1, 2, 4, 8, 16, 32))) {
            for (double urgent : new double[] {0, 0.1}) {
                List<Long> waited = poisson(seed, 0.7, urgent, options(preferred));
                assertEquals(IMAGES, waited.size());
                Collections.sort(waited);
                long p99 = waited.get(IMAGES * 99 / 100);
                assertTrue(p99 <= DELAY + COMPUTE, "p99 " + p99 / 1e6 + " ms with " + preferred + ", " + urgent + " urgent");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void losesAndRepeatsNothingAndStarvesNoRoutineImageWhenFull(long seed) {
        Random random = new Random(seed);
        double share = 0.05 + 0.45 * random.nextDouble();
        int maxBatch = 1 + random.nextInt(12);
        Lanes lanes = new Lanes(new BatcherOptions(maxBatch, Duration.ZERO, 40, 1 << 20, share, 1, List.of()));
        Set<Waiting> submitted = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Waiting> done = Collections.newSetFromMap(new IdentityHashMap<>());
        int slots = 0;
        int routine = 0;
        for (int batch = 0; batch < 2_000; batch++) {
            // The flood: urgent images take all the room that they can have, then routine ones what is left.
            for (boolean urgent : new boolean[] {true, false}) {
                for (Waiting next = LanesTest.image(urgent, 0); lanes.hasRoomFor(next); next = LanesTest.image(urgent, 0)) {
                    lanes.add(next);
                    submitted.add(next);
                }
            }
            assertEquals(40, lanes.size(), "full");
            for (Waiting taken : lanes.take(lanes.due(0))) {
                assertTrue(submitted.contains(taken) && done.add(taken), "unknown, or scored twice");
                slots++;
                routine += taken.urgent() ? 0 : 1;
            }
            assertTrue(routine >= Math.floor(share * slots - 1e-6), routine + " of " + slots + " slots at " + share);
            assertTrue(routine <= share * slots + 1e-6, "urgent images no longer overtake");
        }
        done.addAll(lanes.clear());
        assertEquals(submitted, done);
    }

    /** Waiting times in ns of images that come as they will, at this share of what the engine can do. */
    private static List<Long> poisson(long seed, double load, double urgent, BatcherOptions options) {
        Random random = new Random(seed);
        double meanGap = COMPUTE / (load * MAX_BATCH);
        Deque<Waiting> coming = new ArrayDeque<>();
        double at = 0;
        for (int i = 0; i < IMAGES; i++) {
            at += -meanGap * Math.log(1 - random.nextDouble());
            coming.add(LanesTest.image(random.nextDouble() < urgent, (long) at));
        }
        Lanes lanes = new Lanes(options);
        List<Long> waited = new ArrayList<>();
        long now = 0;
        while (!coming.isEmpty() || lanes.size() > 0) {
            while (!coming.isEmpty() && coming.getFirst().submittedNanos() <= now) {
                lanes.add(coming.removeFirst());
            }
            int due = lanes.due(now);
            if (due > 0) {
                for (Waiting taken : lanes.take(due)) {
                    waited.add(now - taken.submittedNanos());
                }
                now += COMPUTE;
            } else {
                long nextImage = coming.isEmpty() ? Long.MAX_VALUE : coming.getFirst().submittedNanos();
                now = Math.min(nextImage, lanes.size() == 0 ? Long.MAX_VALUE : now + lanes.nanosToDelay(now));
            }
        }
        return waited;
    }

    private static BatcherOptions options(List<Integer> preferred) {
        return new BatcherOptions(MAX_BATCH, Duration.ofNanos(DELAY), IMAGES, 1L << 40, 0.25, 1, preferred);
    }
}
