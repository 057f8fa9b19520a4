package io.hilum.phantoms.render;

import io.hilum.phantoms.Anatomy;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.Side;

/** Chest wall, neck, shoulders, lungs, diaphragm, abdomen, mediastinum, spine and trachea. */
final class BodyLayer {

    private final ChestShape shape;
    private final Anatomy a;
    private final float soft;

    BodyLayer(PhantomSpec spec, ChestShape shape) {
        this.shape = shape;
        this.a = spec.anatomy();
        this.soft = (float) (0.007 + spec.exposure().blur());
    }

    void draw(Field field) {
        float mid = (float) a.midline();
        float[] diaphragm = new float[field.width];
        for (int c = 0; c < field.width; c++) {
            float dx = field.x(c) - mid;
            diaphragm[c] = (float) shape.diaphragm(dx < 0 ? Side.RIGHT : Side.LEFT, Math.abs(dx));
        }
        for (int r = 0; r < field.height; r++) {
            drawRow(field, r, mid, diaphragm);
        }
    }

    private void drawRow(Field field, int r, float mid, float[] diaphragm) {
        float y = field.y(r);
        float wall = (float) shape.wall(y);
        float medial = (float) shape.medial(y);
        float half = bodyHalf(y);
        float spine = 0.13f * (1 + 0.18f * disc(y));
        float trachea = 0.20f * Smooth.step((float) (a.apex() + 0.20 - y) / 0.03f);
        for (int c = 0; c < field.width; c++) {
            float dx = field.x(c) - mid;
            float u = Math.abs(dx);
            int i = r * field.width + c;
            float inBody = 1 - (u / half) * (u / half);
            if (inBody <= 0) {
                continue;
            }
            float tissue = (float) a.softTissue() * (0.30f + 0.66f * (float) Math.sqrt(inBody))
                    * Smooth.step((half - u) / 0.015f);
            tissue += 0.30f * Smooth.bell(u / 0.062f) + spine * Smooth.step((0.045f - u) / 0.02f);
            tissue -= trachea * Smooth.bell((dx + 0.004f) / 0.016f);
            float below = y - diaphragm[c];
            tissue += 0.20f * Smooth.step(below / 0.04f + 0.3f) * Smooth.step((half - 0.03f - u) / 0.06f);
            field.tissue[i] = tissue + breast(u, y);
            float toWall = wall - u;
            if (toWall > -soft && below < soft) {
                float toMedial = u - medial;
                float edge = Smooth.step(toWall / soft + 0.5f) * Smooth.step(toMedial / (1.6f * soft) + 0.5f)
                        * Smooth.step(-below / soft + 0.5f);
                float depth = Math.min(1, Math.min(toWall + 0.012f, toMedial + 0.02f) / 0.10f);
                float chord = depth <= 0 ? 0 : 1 - 0.42f * (1 - depth) * (1 - depth);
                field.air[i] = edge * chord;
                field.lung[i] = 1;
            }
        }
    }

    /** Half width of the body at height y: neck, shoulders, arms at the edge of the film, trunk. */
    private float bodyHalf(float y) {
        float shoulder = Smooth.step((y + 0.02f) / 0.19f);
        float trunk = (float) (a.chestHalf() + 0.05 + 0.03 * a.softTissue());
        float arms = 1 - Smooth.step((y - 0.30f) / 0.30f);
        return 0.12f + shoulder * (trunk + 0.07f * arms - 0.12f);
    }

    /** Shading of vertebral bodies and discs along the spine. */
    private float disc(float y) {
        float phase = y / (float) a.ribSpacing();
        phase -= (float) Math.floor(phase);
        return 1 - 3 * Smooth.bell((phase - 0.5f) / 0.13f);
    }

    private float breast(float u, float y) {
        if (a.breast() == 0) {
            return 0;
        }
        float du = (u - 0.60f * (float) a.chestHalf()) / 0.16f;
        float dy = (y - (float) a.dome() + 0.07f) / 0.13f;
        float r = du * du + dy * dy;
        return r >= 1 ? 0 : (float) a.breast() * Smooth.step((1 - r) * (dy > 0 ? 2.2f : 1.1f));
    }
}
