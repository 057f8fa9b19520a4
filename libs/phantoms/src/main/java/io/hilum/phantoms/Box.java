package io.hilum.phantoms;

/**
 * A rectangle on the film in fractions of its width and height, origin top left.
 *
 * @param x left edge, 0..1
 * @param y top edge, 0..1
 * @param width fraction of the film's width, &gt; 0
 * @param height fraction of the film's height, &gt; 0
 */
public record Box(double x, double y, double width, double height) {

    public Box {
        if (!(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9)) {
            throw new IllegalArgumentException("a box lies on the film: x=" + x + " y=" + y + " width=" + width + " height=" + height);
        }
    }

    /** The rectangle between two corners, cut to the film. */
    public static Box between(double left, double top, double right, double bottom) {
        double l = Math.max(0, left);
        double t = Math.max(0, top);
        return new Box(l, t, Math.min(1, right) - l, Math.min(1, bottom) - t);
    }

    /** Whether a point (fractions of the film) lies inside. */
    public boolean contains(double px, double py) {
        return px >= x && px < x + width && py >= y && py < y + height;
    }
}
