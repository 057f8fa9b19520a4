package io.hilum.trainer.data;

import java.util.Arrays;

/** How much of each patch of the input a lesion's box covers. No state; any thread. */
final class PatchCover {
    private PatchCover() {}

    /**
     * Writes [G * G] shares, row-major.
     *
     * @param label 0: no lesion, so nothing is covered; 1; or {@link FilmCache#UNKNOWN}
     * @param box x, y, width, height in fractions of the film; null where nobody drew it, so that nothing is known (-1)
     */
    static void fill(int label, float[] box, int grid, float[] to, int at) {
        if (label == 0) {
            return;
        }
        if (label == FilmCache.UNKNOWN || box == null) {
            Arrays.fill(to, at, at + grid * grid, -1);
            return;
        }
        for (int r = 0; r < grid; r++) {
            float down = overlap(box[1] * grid, (box[1] + box[3]) * grid, r);
            for (int c = 0; c < grid; c++) {
                to[at + r * grid + c] = down * overlap(box[0] * grid, (box[0] + box[2]) * grid, c);
            }
        }
    }

    private static float overlap(float from, float to, int cell) {
        return Math.max(0, Math.min(to, cell + 1) - Math.max(from, cell));
    }
}
