package io.hilum.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.model.Architecture;
import org.junit.jupiter.api.Test;

class DropPathTest {
    private static final int BRANCHES = 2 * Architecture.BLOCKS;
    private static final int FILMS = 64;
    private static final int STEPS = 200;
    private static final double RATE = 0.4;

    @Test
    void theShareOfLostBranchesRisesLinearlyFromNoneAndTheMeanStays() {
        int[] lost = new int[BRANCHES];
        double[] sum = new double[BRANCHES];
        for (int step = 0; step < STEPS; step++) {
            float[] keep = new DropPath(RATE).draw(FILMS, 1, step);
            for (int i = 0; i < keep.length; i++) {
                lost[i / FILMS] += keep[i] == 0 ? 1 : 0;
                sum[i / FILMS] += keep[i];
            }
        }
        double drawn = FILMS * STEPS;
        for (int branch = 0; branch < BRANCHES; branch++) {
            double expected = RATE * (branch / 2) / (Architecture.BLOCKS - 1);
            // Five standard errors.
            double slack = 5 * Math.sqrt(expected * (1 - expected) / drawn);
            assertEquals(expected, lost[branch] / drawn, slack, "branch " + branch);
            assertEquals(1, sum[branch] / drawn, slack / (1 - expected) + 1e-4, "mean of branch " + branch);
        }
    }

    /** What two neighbouring seeds lose must agree as often as chance has it, at any distance in steps. */
    @Test
    void anotherSeedOrStepDoesNotLoseTheSameBranches() {
        for (int shift = 0; shift < 20; shift++) {
            int agree = 0;
            int all = 0;
            double expected = 0;
            for (int step = 0; step < 20; step++) {
                float[] one = new DropPath(RATE).draw(FILMS, 1, step);
                float[] two = new DropPath(RATE).draw(FILMS, 2, step + shift);
                float[] later = new DropPath(RATE).draw(FILMS, 1, step + shift + 1);
                for (int i = 2 * FILMS; i < one.length; i++) {
                    double lose = RATE * (i / FILMS / 2) / (Architecture.BLOCKS - 1);
                    expected += 2 * (lose * lose + (1 - lose) * (1 - lose));
                    agree += ((one[i] == 0) == (two[i] == 0) ? 1 : 0) + ((one[i] == 0) == (later[i] == 0) ? 1 : 0);
                    all += 2;
                }
            }
            assertEquals(expected / all, (double) agree / all, 5 * Math.sqrt(0.25 / all), "shift " + shift);
        }
    }

    @Test
    void aStepThatIsRepeatedDoesNotDrawAnew() {
        assertArrayEquals(new DropPath(RATE).draw(8, 7, 3), new DropPath(RATE).draw(8, 7, 3));
        assertEquals(0, new DropPath(0).draw(8, 7, 3).length);
    }
}
