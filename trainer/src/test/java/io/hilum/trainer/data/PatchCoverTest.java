package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PatchCoverTest {
    @Test
    void marksNoPatchThatTheBoxDoesNotTouch() {
        float[] cover = new float[16];
        PatchCover.fill(1, new float[] {0.125f, 0.25f, 0.5f, 0.25f}, 4, cover, 0);
        float[] expected = new float[16];
        expected[4] = 0.5f;
        expected[5] = 1;
        expected[6] = 0.5f;
        assertArrayEquals(expected, cover, 1e-6f);
    }

    @Test
    void teachesNothingAboutALesionThatNobodyDrew() {
        float[] unknown = new float[4];
        Arrays.fill(unknown, -1);
        float[] cover = new float[4];
        PatchCover.fill(1, null, 2, cover, 0);
        assertArrayEquals(unknown, cover);
        PatchCover.fill(FilmCache.UNKNOWN, null, 2, cover, 0);
        assertArrayEquals(unknown, cover);
    }

    @Test
    void teachesThatAFilmWithoutALesionHasItNowhere() {
        float[] cover = new float[4];
        PatchCover.fill(0, null, 2, cover, 0);
        assertArrayEquals(new float[4], cover);
    }
}
