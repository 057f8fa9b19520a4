package io.hilum.trainer.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.train.Toys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainBatchesTest {
    private static final int BATCH = 8;
    private static final int STEPS = 40;
    private static final int PATCHES = 14 * 14;
    @TempDir Path dir;
    private FilmSelection films;

    @BeforeEach
    void films() throws IOException {
        films = FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("films"), 32, 1)));
    }

    /** With this many patches two masks that are equal were not drawn twice by chance. */
    @Test
    void noMaskComesAgainInAnotherStepOrFilmOrSeed() {
        var seen = new HashSet<String>();
        for (long seed : new long[] {0, 1}) {
            PretrainBatches batches = batches(seed);
            for (int step = 0; step < STEPS; step++) {
                byte[] masks = batches.at(step).masks();
                for (int b = 0; b < BATCH; b++) {
                    seen.add(Arrays.toString(Arrays.copyOfRange(masks, b * PATCHES, (b + 1) * PATCHES)));
                }
            }
        }
        assertEquals(2 * STEPS * BATCH, seen.size());
    }

    @Test
    void aStepIsTheSameWhereverATrainingWasTakenUp() {
        batches(3).at(0);
        PretrainBatches other = batches(3);
        assertArrayEquals(batches(3).at(5).masks(), other.at(5).masks());
        assertEquals(batches(3).at(5).images(), other.at(5).images());
    }

    private PretrainBatches batches(long seed) {
        return new PretrainBatches(PretrainOptions.published(Architecture.EVA_X_TI, 224, BATCH, 1000).with(Precision.FP32, seed, 1), films);
    }
}
