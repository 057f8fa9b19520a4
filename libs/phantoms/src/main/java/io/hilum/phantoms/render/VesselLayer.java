package io.hilum.phantoms.render;

import io.hilum.phantoms.PhantomRandom;

/** Lung vessels: trees that leave the hila, branch and taper. Drawn into a plane of their own, since a pneumothorax has none. */
final class VesselLayer {

    private static final int LEVELS = 4;

    private final Field field;
    private final float[] plane;
    private final PhantomRandom random;
    private final double strength;
    private final double blur;

    private VesselLayer(Field field, long seed, double strength, double blur) {
        this.field = field;
        this.plane = new float[field.width * field.height];
        this.random = new PhantomRandom(seed);
        this.strength = strength;
        this.blur = blur;
    }

    /** The vessels' attenuation a pixel. */
    static float[] draw(Field field, ChestShape shape, double hilumY, double blur) {
        VesselLayer layer = new VesselLayer(field, shape.anatomy.seed(), shape.anatomy.vesselDensity(), blur);
        double scale = shape.anatomy.chestHalf();
        for (int side = -1; side <= 1; side += 2) {
            double x = shape.anatomy.midline() + side * 0.085;
            for (int i = 0; i < 7; i++) {
                // From steeply up, over sideways, to steeply down.
                double angle = -1.25 + 2.5 * i / 6 + layer.random.uniform(-0.18, 0.18);
                layer.branch(x, hilumY + 0.012 * (i - 3), side, angle, scale * layer.random.uniform(0.26, 0.36), 0.0085, LEVELS);
            }
        }
        return layer.plane;
    }

    private void branch(double x, double y, int side, double angle, double length, double radius, int level) {
        // Cosine and sine by their series: enough for a direction and equal everywhere.
        double q = angle * angle;
        double cos = 1 - q / 2 + q * q / 24 - q * q * q / 720;
        double sin = angle * (1 - q / 6 + q * q / 120 - q * q * q / 5040);
        double endX = x + side * cos * length;
        double endY = y + sin * length;
        line(x, y, endX, endY, radius, radius * 0.72);
        if (level > 1) {
            for (int i = 0; i < 2; i++) {
                double turn = (i == 0 ? -1 : 1) * random.uniform(0.12, 0.55);
                branch(endX, endY, side, angle + turn, length * random.uniform(0.55, 0.78), radius * 0.66, level - 1);
            }
        }
    }

    private void line(double x0, double y0, double x1, double y1, double r0, double r1) {
        double reach = 2.2 * (r0 + blur) + 1.0 / field.width;
        int cEnd = field.columnAt(Math.max(x0, x1) + reach) ;
        int rEnd = field.rowAt(Math.max(y0, y1) + reach);
        float dx = (float) (x1 - x0);
        float dy = (float) (y1 - y0);
        float norm = 1 / (dx * dx + dy * dy);
        float pixel = 0.5f / field.width;
        int cStart = field.columnAt(Math.min(x0, x1) - reach);
        for (int r = field.rowAt(Math.min(y0, y1) - reach); r < rEnd; r++) {
            float py = field.y(r) - (float) y0;
            for (int c = cStart; c < cEnd; c++) {
                float px = field.x(c) - (float) x0;
                float t = (px * dx + py * dy) * norm;
                if (t < 0 || t > 1) {
                    continue;
                }
                float ex = px - t * dx;
                float ey = py - t * dy;
                float own = (float) (r0 + (r1 - r0) * t);
                float wide = own + (float) blur * 0.5f + pixel;
                float d2 = (ex * ex + ey * ey) / (wide * wide);
                if (d2 < 4) {
                    // A tube's chord: as thick as wide; blurring keeps its sum.
                    float value = (float) strength * 34f * own * own / wide * Smooth.step(1 - d2 / 4);
                    int i = r * field.width + c;
                    plane[i] = Math.max(plane[i], value);
                }
            }
        }
    }
}
