package io.hilum.phantoms.render;

import io.hilum.phantoms.Anatomy;

/** Ribs (back and front halves) and clavicles. Each family of ribs is periodic along y, so a pixel knows its nearest rib at once. */
final class BoneLayer {

    private static final int PROFILE = 256;

    private final ChestShape shape;
    private final Anatomy a;
    private final float[] back = new float[PROFILE];
    private final float[] front = new float[PROFILE];

    BoneLayer(ChestShape shape, double blur) {
        this.shape = shape;
        this.a = shape.anatomy;
        float edge = (float) (0.06 + blur / a.ribSpacing());
        for (int i = 0; i < PROFILE; i++) {
            float phase = (i + 0.5f) / PROFILE - 0.5f;
            back[i] = profile(Math.abs(phase), 0.16f, edge);
            front[i] = profile(Math.abs(phase), 0.13f, edge);
        }
    }

    /** A flat band with brighter rims, which is what the cortex of a tube looks like. */
    private static float profile(float distance, float half, float edge) {
        return Smooth.step((half - distance) / edge + 0.5f) * (0.75f + 0.25f * Smooth.bell((distance - half + edge / 2) / 0.05f));
    }

    void draw(Field f) {
        float mid = (float) a.midline();
        float spacing = (float) a.ribSpacing();
        float strength = (float) a.boneDensity();
        float[] backCourse = new float[f.width];
        float[] frontCourse = new float[f.width];
        float[] share = new float[f.width];
        for (int c = 0; c < f.width; c++) {
            float u = Math.abs(f.x(c) - mid) / (float) a.chestHalf();
            share[c] = u;
            backCourse[c] = (float) (-0.16 * u * (1 - u) + a.ribSlope() * u * u + 0.10 * Smooth.power(u, 5));
            frontCourse[c] = (float) (0.30 * (1 - u) - 0.10 * (1 - u) * (1 - u));
        }
        float first = (float) a.apex() - 0.02f;
        for (int r = 0; r < f.height; r++) {
            float y = f.y(r);
            float wall = (float) Math.max(shape.wall(y), y > a.apex() - 0.03 ? 0.10 : 0) / (float) a.chestHalf();
            float low = 1 - 0.75f * Smooth.step((y - (float) a.dome() - 0.02f) / 0.08f);
            for (int c = 0; c < f.width; c++) {
                float u = share[c];
                if (u > wall + 0.05f || u < 0.06f) {
                    continue;
                }
                float inside = Smooth.step((wall + 0.03f - u) / 0.04f) * low;
                float rib = 0.115f * Smooth.step((u - 0.06f) / 0.08f) * rib(back, (y - backCourse[c] - first) / spacing, 10)
                        + 0.075f * Smooth.step((u - 0.42f) / 0.12f) * rib(front, (y - frontCourse[c] - first) / spacing / 1.15f, 8);
                f.tissue[r * f.width + c] += strength * inside * rib;
            }
        }
        clavicle(f, mid, -1, strength);
        clavicle(f, mid, 1, strength);
    }

    private static float rib(float[] profile, float position, int count) {
        if (position < 0 || position >= count) {
            return 0;
        }
        return profile[(int) ((position - (int) position) * PROFILE)];
    }

    private void clavicle(Field f, float mid, int sign, float strength) {
        float reach = (float) a.chestHalf() * 0.98f;
        float start = (float) a.apex() + 0.085f;
        for (int c = 0; c < f.width; c++) {
            float u = (f.x(c) - mid) * sign;
            if (u < 0.03f || u > reach) {
                continue;
            }
            float t = (u - 0.03f) / (reach - 0.03f);
            float centre = start - 0.055f * t - 0.05f * t * t * t + 0.035f * t * (1 - t);
            float half = 0.014f + 0.008f * (1 - t) * (1 - t);
            float ends = Smooth.step((u - 0.03f) / 0.02f) * Smooth.step((reach - u) / 0.05f);
            int r1 = f.rowAt(centre + 2 * half);
            for (int r = f.rowAt(centre - 2 * half); r < r1; r++) {
                float d = Math.abs(f.y(r) - centre) / half;
                f.tissue[r * f.width + c] += strength * ends * 0.17f * Smooth.step((1 - d) / 0.4f + 0.5f);
            }
        }
    }
}
