package io.hilum.phantoms;

import io.hilum.phantoms.render.Drawing;
import java.util.Optional;

/** Where the lesions of a film are. */
public final class PhantomTruth {

    /** Side of the grid on which boxes are found, in cells. */
    private static final int GRID = 128;
    /** Share of the mask's peak that still counts as inside. */
    private static final float INSIDE = 0.3f;

    private PhantomTruth() {
    }

    /** How much of the finding covers each cell of a square grid, 0..1, row by row; all zero without the finding. */
    public static float[] mask(PhantomSpec spec, Finding finding, int size) {
        return spec.lesion(finding).map(l -> Drawing.of(spec).mask(l, size)).orElseGet(() -> new float[size * size]);
    }

    /** The smallest box around a lesion, or nothing when the film has no such finding. */
    public static Optional<Box> box(PhantomSpec spec, Finding finding) {
        if (!spec.has(finding)) {
            return Optional.empty();
        }
        float[] mask = mask(spec, finding, GRID);
        float peak = 0;
        for (float value : mask) {
            peak = Math.max(peak, value);
        }
        int left = GRID;
        int top = GRID;
        int right = -1;
        int bottom = -1;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] > 0.02f && mask[i] >= INSIDE * peak) {
                left = Math.min(left, i % GRID);
                right = Math.max(right, i % GRID);
                top = Math.min(top, i / GRID);
                bottom = i / GRID;
            }
        }
        return right < 0 ? Optional.empty() : Optional.of(Box.between((double) left / GRID, (double) top / GRID,
                (right + 1.0) / GRID, (bottom + 1.0) / GRID));
    }
}
