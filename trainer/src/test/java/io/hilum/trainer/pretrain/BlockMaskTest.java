package io.hilum.trainer.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockMaskTest {
    private static final int DRAWS = 2000;

    @ParameterizedTest
    @CsvSource({"14, 0.3, 59", "14, 0.4, 78", "14, 0.75, 147", "8, 0.3, 19", "8, 0.6, 38", "30, 0.3, 270", "32, 0.3, 307", "2, 0.3, 1", "3, 0.9, 8"})
    void noMaskHidesMoreOrLessThanItsShare(int grid, double ratio, int count) {
        BlockMask mask = BlockMask.of(grid, ratio);
        assertEquals(count, mask.count());
        var random = new SplittableRandom(grid);
        byte[] out = new byte[grid * grid];
        for (int i = 0; i < DRAWS; i++) {
            mask.draw(random, out, 0);
            int sum = 0;
            for (byte b : out) {
                assertTrue(b == 0 || b == 1);
                sum += b;
            }
            assertEquals(count, sum);
        }
    }

    /** No corner is spared: each patch is hidden now and then, the middle more often than the rim, as rectangles do. */
    @Test
    void noPatchIsNeverAskedFor() {
        double[] share = shares(BlockMask.of(14, 0.3));
        double mean = 0;
        for (double s : share) {
            mean += s / share.length;
            assertTrue(s > 0.02, "a patch is hidden in " + s + " of the masks");
        }
        assertEquals(59.0 / 196, mean, 1e-9);
        assertTrue(share[7 * 14 + 7] > 1.5 * share[0], "middle " + share[7 * 14 + 7] + ", corner " + share[0]);
        // A generator without a preferred side: mirrored and turned positions are hidden alike.
        assertEquals(share[3 * 14 + 2], share[3 * 14 + 11], 0.06);
        assertEquals(share[3 * 14 + 2], share[2 * 14 + 3], 0.06);
    }

    /** The mask is made of blocks: a hidden patch's neighbour is hidden far more often than three in ten. */
    @Test
    void theMaskIsNotScattered() {
        BlockMask mask = BlockMask.of(14, 0.3);
        var random = new SplittableRandom(4);
        byte[] out = new byte[196];
        int neighbours = 0;
        int alone = 0;
        int hidden = 0;
        for (int i = 0; i < DRAWS; i++) {
            mask.draw(random, out, 0);
            for (int r = 0; r < 14; r++) {
                for (int c = 0; c < 14; c++) {
                    if (out[r * 14 + c] == 1) {
                        int around = at(out, r - 1, c) + at(out, r + 1, c) + at(out, r, c - 1) + at(out, r, c + 1);
                        neighbours += around;
                        alone += around == 0 ? 1 : 0;
                        hidden++;
                    }
                }
            }
        }
        assertTrue((double) neighbours / hidden > 2.8, (double) neighbours / hidden + " of 4 neighbours are hidden");
        assertTrue((double) alone / hidden < 0.01, (double) alone / hidden + " of the hidden patches are alone");
    }

    @Test
    void oneGeneratorDoesNotGiveTwoMasks() {
        BlockMask mask = BlockMask.of(8, 0.3);
        byte[] a = new byte[64];
        byte[] b = new byte[64];
        mask.draw(new SplittableRandom(9), a, 0);
        mask.draw(new SplittableRandom(9), b, 0);
        assertArrayEquals(a, b);
    }

    @Test
    void nothingToSeeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BlockMask.of(8, 1));
        assertThrows(IllegalArgumentException.class, () -> BlockMask.of(8, 0));
    }

    private static int at(byte[] mask, int r, int c) {
        return r < 0 || c < 0 || r > 13 || c > 13 ? 0 : mask[r * 14 + c];
    }

    private static double[] shares(BlockMask mask) {
        var random = new SplittableRandom(3);
        byte[] out = new byte[196];
        double[] share = new double[196];
        for (int i = 0; i < DRAWS; i++) {
            mask.draw(random, out, 0);
            for (int p = 0; p < 196; p++) {
                share[p] += out[p] / (double) DRAWS;
            }
        }
        return share;
    }
}
