package io.hilum.model.input;

/**
 * Turns a canvas into the bytes that a model sees. Mean and deviation are applied later, inside the model,
 * so that the input stays small and exact. No state; any thread.
 *
 * <p>Runnable example: {@code byte[] input = new CanvasToInput(Geometry.STRETCH, 224).apply(pixels, w, h);}
 *
 * @param geometry how the canvas becomes square
 * @param size side of the input in pixels
 */
public record CanvasToInput(Geometry geometry, int size) {
    public CanvasToInput {
        if (size < 1) {
            throw new IllegalArgumentException("An input needs at least one pixel a side, not " + size + ".");
        }
    }

    /**
     * The part of the canvas that the model sees, in canvas pixels. For {@link Geometry#CROP} the rest was
     * not seen at all, which is not the same as seen and empty.
     */
    public record Window(double x, double y, double width, double height) {}

    /**
     * @param canvas [height * width] grey bytes, bone white
     * @return [size * size] grey bytes
     */
    public byte[] apply(byte[] canvas, int width, int height) {
        if (width < 1 || height < 1 || canvas.length != (long) width * height) {
            throw new IllegalArgumentException("A canvas of %d x %d needs as many bytes, but there are %d."
                .formatted(width, height, canvas.length));
        }
        return switch (geometry) {
            case STRETCH -> Bicubic.resize(canvas, width, 0, 0, width, height, size, size);
            case CROP -> crop(canvas, width, height);
        };
    }

    private byte[] crop(byte[] canvas, int width, int height) {
        int w = resized(width, height);
        int h = resized(height, width);
        byte[] all = Bicubic.resize(canvas, width, 0, 0, width, height, w, h);
        // The middle as Python's round() finds it: halves go to the even neighbour.
        int left = (int) Math.rint((w - size) / 2.0);
        int top = (int) Math.rint((h - size) / 2.0);
        byte[] out = new byte[size * size];
        for (int r = 0; r < size; r++) {
            System.arraycopy(all, (top + r) * w + left, out, r * size, size);
        }
        return out;
    }

    private int resized(int side, int other) {
        return side <= other ? size : (int) ((long) size * side / other);
    }

    /** Where on the canvas the input lies; maps and boxes go back through this. */
    public Window window(int width, int height) {
        if (geometry == Geometry.STRETCH) {
            return new Window(0, 0, width, height);
        }
        int w = resized(width, height);
        int h = resized(height, width);
        double sx = (double) width / w;
        double sy = (double) height / h;
        return new Window(Math.rint((w - size) / 2.0) * sx, Math.rint((h - size) / 2.0) * sy, size * sx, size * sy);
    }
}
