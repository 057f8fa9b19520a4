package io.hilum.model.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResamplesTest {
    private static final int FILMS = 1000;
    private final ClusterBootstrap bootstrap = new ClusterBootstrap(LongStream.range(0, FILMS).toArray(), 7);

    @Test
    void drawsNoResampleThatIsAnotherOneShifted() {
        for (int r = 1; r < 20; r++) {
            int[] a = bootstrap.weights(r - 1);
            int[] b = bootstrap.weights(r);
            int equal = 0;
            for (int i = 0; i < FILMS; i++) {
                equal += a[i] == b[i] ? 1 : 0;
            }
            // Two independent counts of Poisson 1 agree in 31 % of the cases.
            assertTrue(equal < 0.4 * FILMS, "resamples " + (r - 1) + " and " + r + " agree on " + equal + " of " + FILMS + " films");
        }
    }

    @Test
    void givesTheIntervalOfAMeanItsKnownWidth() {
        var interval = bootstrap.of(weights -> {
            double sum = 0;
            for (int i = 0; i < FILMS; i++) {
                sum += weights[i] * (i % 2);
            }
            return sum / FILMS;
        });
        assertEquals(2 * 1.96 * Math.sqrt(0.25 / FILMS), interval.high() - interval.low(), 0.006);
        assertTrue(interval.low() < interval.value() && interval.value() < interval.high());
    }
}
