package io.hilum.phantoms;

import io.hilum.phantoms.render.Drawing;

/**
 * Turns what is drawn into grey values of any size. The scene is laid out in fractions of the film, so a large film scaled
 * down looks like the small one, noise included.
 *
 * <p>Deterministic across machines: only additions, products, square roots and tables made with {@link StrictMath}.
 *
 * <p>Threading: stateless.
 */
public final class PhantomRenderer {

    private PhantomRenderer() {
    }

    /** Grey values 0..1, bone white, row by row, {@code width * height} of them. */
    public static float[] render(PhantomSpec spec, int width, int height) {
        float[] grey = Drawing.of(spec).render(width, height);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = Math.max(0, Math.min(1, grey[i]));
        }
        return grey;
    }

    /** The film as 8-bit grey values, bone white, row by row: what a canvas of it holds. */
    public static byte[] grey8(PhantomSpec spec, int width, int height) {
        float[] grey = render(spec, width, height);
        byte[] pixels = new byte[grey.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) (grey[i] * 255 + 0.5f);
        }
        return pixels;
    }

    /** The film as stored values 0..4095 (12 bits), bone white. */
    public static short[] grey12(PhantomSpec spec, int width, int height) {
        float[] grey = render(spec, width, height);
        short[] pixels = new short[grey.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (grey[i] * 4095 + 0.5f);
        }
        return pixels;
    }
}
