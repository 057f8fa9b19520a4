package io.hilum.phantoms.render;

import io.hilum.phantoms.PhantomRandom;

/**
 * Smooth random texture over the film: random values on a square lattice, joined by cubics. The lattice is fixed to the film,
 * not to its pixels, so that every size shows the same texture.
 *
 * <p>Threading: one owner.
 */
final class ValueNoise {

    private final int cells;
    private final float[] lattice;
    private final int[] column;
    private final float[] weight;

    /**
     * @param cells lattice cells along each side
     * @param width pixels of a row
     */
    ValueNoise(long seed, int cells, int width) {
        this.cells = cells;
        this.lattice = new float[(cells + 2) * (cells + 2)];
        PhantomRandom random = new PhantomRandom(seed);
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = (float) random.uniform(-1, 1);
        }
        this.column = new int[width];
        this.weight = new float[width];
        for (int x = 0; x < width; x++) {
            float at = (x + 0.5f) / width * cells;
            column[x] = Math.min(cells, (int) at);
            weight[x] = Smooth.step(at - column[x]);
        }
    }

    /** Adds scale * noise (each in -1..1) of one row at height y (0..1) to the values. */
    void addRow(float y, float scale, float[] values) {
        float at = y * cells;
        int row = Math.min(cells, (int) at);
        float wy = Smooth.step(at - row);
        int top = row * (cells + 2);
        int bottom = top + cells + 2;
        for (int x = 0; x < values.length; x++) {
            int c = column[x];
            float a = lattice[top + c] + (lattice[bottom + c] - lattice[top + c]) * wy;
            float b = lattice[top + c + 1] + (lattice[bottom + c + 1] - lattice[top + c + 1]) * wy;
            values[x] += scale * (a + (b - a) * weight[x]);
        }
    }
}
