package io.hilum.model;

/**
 * The rotary position tables of EVA-X: per patch {@link Architecture#HEAD_DIM} cosines and sines, the first
 * half following the row, the second the column, each of 16 frequencies used for two neighbouring values.
 * A grid other than 14 is squeezed into the range of pre-training: position = index / grid * 14.
 *
 * @param cos [grid * grid, 64], row-major
 * @param sin [grid * grid, 64], row-major
 */
public record Rope(int grid, float[] cos, float[] sin) {
    private static final int FREQUENCIES = 16;

    /** The tables of {@code grid} patches a side, computed anew (those in checkpoints may be half-rounded). */
    public static Rope of(int grid) {
        int dim = Architecture.HEAD_DIM;
        float[] cos = new float[grid * grid * dim];
        float[] sin = new float[grid * grid * dim];
        for (int row = 0; row < grid; row++) {
            for (int column = 0; column < grid; column++) {
                int at = (row * grid + column) * dim;
                for (int k = 0; k < FREQUENCIES; k++) {
                    double frequency = Math.pow(10_000, -k / (double) FREQUENCIES);
                    double byRow = row / (double) grid * Architecture.BASE_GRID * frequency;
                    double byColumn = column / (double) grid * Architecture.BASE_GRID * frequency;
                    for (int twin = 0; twin < 2; twin++) {
                        int i = at + 2 * k + twin;
                        cos[i] = (float) Math.cos(byRow);
                        sin[i] = (float) Math.sin(byRow);
                        cos[i + dim / 2] = (float) Math.cos(byColumn);
                        sin[i + dim / 2] = (float) Math.sin(byColumn);
                    }
                }
            }
        }
        return new Rope(grid, cos, sin);
    }
}
