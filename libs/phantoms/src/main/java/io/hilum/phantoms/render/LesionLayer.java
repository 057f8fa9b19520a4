package io.hilum.phantoms.render;

import io.hilum.phantoms.Lesion;
import io.hilum.phantoms.Side;

/**
 * Draws lesions as what they are: air without lung, fluid or cells in place of air, a solid ball. Each method also writes the
 * lesion's mask (0..1) where one is asked for.
 */
final class LesionLayer {

    private final Field f;
    private final ChestShape shape;
    private final float mid;
    private final float blur;

    LesionLayer(Field field, ChestShape shape, double blur) {
        this.f = field;
        this.shape = shape;
        this.mid = (float) shape.anatomy.midline();
        this.blur = (float) blur;
    }

    /** @param mask receives the lesion's mask, row by row; or null */
    void draw(Lesion lesion, float[] mask) {
        if (lesion instanceof Lesion.Pneumothorax p) {
            pneumothorax(p, mask);
        } else if (lesion instanceof Lesion.Effusion e) {
            effusion(e, mask);
        } else if (lesion instanceof Lesion.Nodule n) {
            nodule(n, mask);
        } else if (lesion instanceof Lesion.Consolidation c) {
            consolidation(c, mask);
        } else if (lesion instanceof Lesion.Cardiomegaly) {
            heart(mask);
        } else {
            throw new IllegalStateException("a lesion that nobody draws: " + lesion);
        }
    }

    private void pneumothorax(Lesion.Pneumothorax p, float[] mask) {
        double top = shape.anatomy.apex();
        double length = shape.angleY - top;
        int last = f.rowAt(top + length * Math.min(1, p.reach() + 0.1));
        float thin = 0.0028f + 0.4f * blur + 0.25f / f.width;
        float line = 0.15f * (float) p.strength() * 0.004f / thin;
        for (int r = f.rowAt(top - 0.01); r < last; r++) {
            float y = f.y(r);
            float edge = retracted(p, y);
            float slope = (retracted(p, y + 0.004f) - edge) / 0.004f;
            float straight = 1 / (float) Math.sqrt(1 + slope * slope);
            for (int c = 0; c < f.width; c++) {
                float u = (f.x(c) - mid) * p.side().sign();
                int i = r * f.width + c;
                if (u <= 0 || f.lung[i] == 0) {
                    continue;
                }
                float beyond = (u - edge) * straight;
                float rim = Smooth.step(beyond / (0.006f + blur) + 0.5f);
                float air = f.air[i];
                f.lung[i] *= 1 - rim * (float) p.strength();
                f.tissue[i] += line * air * Smooth.bell(beyond / thin);
                if (mask != null) {
                    mask[i] = rim * Math.min(1, 2 * air);
                }
            }
        }
    }

    /** u of the collapsed lung's border at height y. */
    private float retracted(Lesion.Pneumothorax p, float y) {
        double t = (y - shape.anatomy.apex()) / (shape.angleY - shape.anatomy.apex());
        double taper = 1 - Smooth.step((float) ((t - p.reach() + 0.35) / 0.35));
        return (float) (shape.wall(y - 1.1 * p.rim() * taper) - p.rim() * taper);
    }

    private void effusion(Lesion.Effusion e, float[] mask) {
        double length = shape.angleY - shape.anatomy.apex();
        float height = (float) (e.level() * length);
        float soft = 0.018f + 2 * blur;
        Side side = e.side();
        for (int r = f.rowAt(shape.angleY - height - 0.04); r < f.height; r++) {
            float y = f.y(r);
            float wall = (float) Math.max(0.05, shape.wall(y));
            float medial = (float) shape.medial(y);
            for (int c = 0; c < f.width; c++) {
                float u = (f.x(c) - mid) * side.sign();
                int i = r * f.width + c;
                if (u <= 0 || f.air[i] == 0) {
                    continue;
                }
                float s = Math.max(0, Math.min(1, (u - medial) / (wall - medial)));
                float surface = (float) shape.angleY - height * (0.30f + 0.70f * s * s * (float) Math.sqrt(s));
                float fluid = Smooth.step((y - surface) / soft + 0.5f);
                if (mask != null) {
                    mask[i] = fluid * Math.min(1, 3 * f.air[i]);
                }
                f.air[i] *= 1 - fluid * (float) e.strength();
                f.tissue[i] += 0.10f * fluid * (float) e.strength();
            }
        }
    }

    private void nodule(Lesion.Nodule n, float[] mask) {
        double reach = 1.3 * n.radius() + 2 * blur;
        float inverse = (float) (1 / n.radius());
        float edge = 0.30f + blur * inverse;
        int c1 = f.columnAt(n.x() + reach);
        int r1 = f.rowAt(n.y() + reach);
        for (int r = f.rowAt(n.y() - reach); r < r1; r++) {
            float dy = (f.y(r) - (float) n.y()) * inverse;
            for (int c = f.columnAt(n.x() - reach); c < c1; c++) {
                float dx = (f.x(c) - (float) n.x()) * inverse;
                float d = (float) Math.sqrt(dx * dx + dy * dy);
                float ball = Smooth.step((1 - d) / edge + 0.5f) * (0.7f + 0.3f * Math.max(0, 1 - d));
                int i = r * f.width + c;
                f.tissue[i] += 0.42f * (float) n.strength() * ball;
                if (mask != null) {
                    mask[i] = ball;
                }
            }
        }
    }

    private void consolidation(Lesion.Consolidation s, float[] mask) {
        float[] row = new float[f.width];
        ValueNoise coarse = new ValueNoise(s.textureSeed(), 11, f.width);
        ValueNoise fine = new ValueNoise(s.textureSeed() + 1, 27, f.width);
        double reach = 1.5;
        int c0 = f.columnAt(s.x() - reach * s.radiusX());
        int c1 = f.columnAt(s.x() + reach * s.radiusX());
        int r1 = f.rowAt(s.y() + reach * s.radiusY());
        for (int r = f.rowAt(s.y() - reach * s.radiusY()); r < r1; r++) {
            java.util.Arrays.fill(row, 0);
            coarse.addRow(f.y(r), 0.55f, row);
            fine.addRow(f.y(r), 0.30f, row);
            float dy = (float) ((f.y(r) - s.y()) / s.radiusY());
            for (int c = c0; c < c1; c++) {
                float dx = (float) ((f.x(c) - s.x()) / s.radiusX());
                float inside = 1 - (dx * dx + dy * dy) * 0.62f + row[c] * 0.55f;
                float cloud = Smooth.step(inside / 0.9f) * (0.85f + 0.30f * row[c]);
                int i = r * f.width + c;
                if (mask != null) {
                    mask[i] = Math.max(0, cloud) * Math.min(1, 2 * f.air[i]);
                }
                float hidden = Math.min(1, Math.max(0, cloud) * (float) s.strength());
                f.air[i] *= 1 - 0.92f * hidden;
            }
        }
    }

    /** The heart was drawn with its ratio by its own layer; only the mask is left to say. */
    private void heart(float[] mask) {
        if (mask == null) {
            return;
        }
        double x = shape.anatomy.midline();
        int c1 = f.columnAt(x + shape.heartLeft);
        int r1 = f.rowAt(shape.heartY + shape.heartHalfHeight);
        for (int r = f.rowAt(shape.heartY - shape.heartHalfHeight); r < r1; r++) {
            for (int c = f.columnAt(x - shape.heartRight); c < c1; c++) {
                mask[r * f.width + c] = 1;
            }
        }
    }
}
