package io.hilum.inference;

import java.util.Objects;

/**
 * Grad-CAM of one label (Selvaraju et al. 2017), target: norm1 of the last block.
 *
 * @param label index into the bundle's labels
 * @param grid cells a side, 14 for a 224 input
 * @param raw the map before ReLU and scaling, {@code grid * grid} values, row by row
 * @param scaled ReLU, minus minimum, divided by (maximum + 1e-7): 0..1, row by row
 * @param rawMaximum the largest raw value; not positive: the image holds no evidence for the label
 */
public record HeatMap(int label, int grid, float[] raw, float[] scaled, float rawMaximum) {

    public HeatMap {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(scaled, "scaled");
        if (raw.length != grid * grid || scaled.length != grid * grid) {
            throw new IllegalArgumentException("A heat map of grid " + grid + " has " + grid * grid + " cells, got "
                    + raw.length + " raw and " + scaled.length + " scaled.");
        }
    }

    /** Min-max scaling makes 0.51 look as hot as 0.99, and noise too: without a positive value there is nothing to show. */
    public boolean hasPositiveEvidence() {
        return rawMaximum > 0;
    }

    /** The scaled map in 0..255, row by row; empty without positive evidence. */
    public byte[] cells() {
        if (!hasPositiveEvidence()) {
            return new byte[0];
        }
        byte[] cells = new byte[scaled.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, scaled[i])));
        }
        return cells;
    }
}
