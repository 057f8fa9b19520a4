package io.hilum.phantoms.render;

import io.hilum.phantoms.Exposure;
import io.hilum.phantoms.PhantomRandom;

/** From attenuation to grey values, bone white: scatter, tone curve, shading, collimation and quantum noise. */
final class Developer {

    private static final int STEPS = 1024;
    /** Attenuation shown as full white. */
    private static final float WHITE = 1.75f;
    /** Films up to this width are drawn as canvases or inputs, which in service were resized from larger films. */
    private static final int CANVAS = 512;

    private Developer() {
    }

    static void develop(Exposure e, int width, int height, float[] grey) {
        float[] tone = new float[STEPS + 2];
        for (int i = 0; i < tone.length; i++) {
            double v = (1 - e.scatter()) * i / STEPS + e.scatter() * 0.55;
            tone[i] = (float) ((StrictMath.pow(v, e.gamma()) - 0.5) * e.contrast() + 0.5 + e.brightness());
        }
        // The noise of a large film averages to that of a small one; bicubic resizing leaves a fifth less of it than means would.
        float noise = (float) (e.noise() * width / 256.0) * (width <= CANVAS ? 0.8f : 1);
        long seed = PhantomRandom.mix(e.seed() + width * 31L + height);
        for (int r = 0; r < height; r++) {
            float y = (r + 0.5f) / height;
            float shadeY = (float) e.tiltY() * (2 * y - 1);
            float borderY = border(y, e);
            for (int c = 0; c < width; c++) {
                float x = (c + 0.5f) / width;
                int i = r * width + c;
                float at = Math.max(0, Math.min(STEPS, grey[i] / WHITE * STEPS));
                int low = (int) at;
                float v = tone[low] + (tone[low + 1] - tone[low]) * (at - low);
                v += shadeY + (float) e.tiltX() * (2 * x - 1) + noise * normal(seed + i);
                grey[i] = v * borderY * border(x, e);
            }
        }
    }

    private static float border(float x, Exposure e) {
        return e.collimation() == 0 ? 1 : Smooth.step((Math.min(x, 1 - x) - (float) e.collimation()) / 0.006f + 0.5f);
    }

    /** About normal with deviation 1: the sum of four 16-bit halves of one hash. */
    private static float normal(long key) {
        long h = PhantomRandom.mix(key * 0x9E3779B97F4A7C15L);
        int sum = (int) (h & 0xFFFF) + (int) (h >>> 16 & 0xFFFF) + (int) (h >>> 32 & 0xFFFF) + (int) (h >>> 48);
        return (sum - 131070) * (1.7320508f / 65536f);
    }
}
