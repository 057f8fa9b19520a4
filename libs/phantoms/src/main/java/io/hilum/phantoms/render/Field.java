package io.hilum.phantoms.render;

/**
 * The film while it is being drawn: one value of each kind a pixel, row by row.
 *
 * <p>Threading: one owner, lives for one rendering.
 */
final class Field {

    final int width;
    final int height;
    /** Share of aerated lung along the beam, 0..1. */
    final float[] air;
    /** Attenuation by everything but air, 1 = the middle of the chest without lungs and bones. */
    final float[] tissue;
    /** How much lung tissue (vessels, texture) there is, 0..1; nil in a pneumothorax. */
    final float[] lung;

    Field(int width, int height) {
        this.width = width;
        this.height = height;
        this.air = new float[width * height];
        this.tissue = new float[width * height];
        this.lung = new float[width * height];
    }

    /** x of a pixel's centre, fraction of the film. */
    float x(int column) {
        return (column + 0.5f) / width;
    }

    /** y of a pixel's centre, fraction of the film. */
    float y(int row) {
        return (row + 0.5f) / height;
    }

    int columnAt(double x) {
        return (int) Math.max(0, Math.min(width, StrictMath.floor(x * width)));
    }

    int rowAt(double y) {
        return (int) Math.max(0, Math.min(height, StrictMath.floor(y * height)));
    }
}
