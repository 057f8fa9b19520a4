package io.hilum.phantoms.render;

/** Heart, aortic knob and hilar shadows; they take the place of air. */
final class HeartLayer {

    private static final float LEAN = 0.32f;

    private final ChestShape shape;
    private final float soft;

    HeartLayer(ChestShape shape, double blur) {
        this.shape = shape;
        this.soft = (float) (0.10 + 12 * blur);
    }

    void draw(Field field) {
        double mid = shape.anatomy.midline();
        double ry = shape.heartHalfHeight;
        // Left ventricle: an ellipse whose lower end leans to the patient's left and reaches heartLeft.
        double reach = 0.66 * shape.heartLeft;
        double rx = Math.sqrt(Math.max(1e-4, reach * reach - LEAN * LEAN * ry * ry));
        ellipse(field, mid + shape.heartLeft - reach, shape.heartY, rx, ry, LEAN, 0.20f);
        // Right atrium.
        double right = 0.80 * shape.heartRight;
        ellipse(field, mid - shape.heartRight + right, shape.heartY + 0.01, right, ry * 0.92, 0, 0.10f);
        double hilum = hilumY();
        ellipse(field, mid + 0.052, hilum - 0.10, 0.040, 0.042, 0, 0.10f);
        ellipse(field, mid, hilum - 0.02, 0.085, 0.11, 0, 0.05f);
        hilum(field, mid - 0.095, hilum);
        hilum(field, mid + 0.098, hilum - 0.02);
    }

    double hilumY() {
        return shape.anatomy.apex() + 0.46 * (shape.anatomy.dome() - shape.anatomy.apex());
    }

    private void ellipse(Field f, double cx, double cy, double rx, double ry, double lean, float thickness) {
        double halfWidth = 1.15 * Math.sqrt(rx * rx + lean * lean * ry * ry) + 0.02;
        int c0 = f.columnAt(cx - halfWidth);
        int c1 = f.columnAt(cx + halfWidth);
        int r1 = f.rowAt(cy + 1.15 * ry);
        float ix = (float) (1 / rx);
        for (int r = f.rowAt(cy - 1.15 * ry); r < r1; r++) {
            float dy = (float) ((f.y(r) - cy) / ry);
            float shift = (float) (cx + lean * ry * dy);
            for (int c = c0; c < c1; c++) {
                float dx = (f.x(c) - shift) * ix;
                float q = dx * dx + dy * dy;
                if (q < 1.3f) {
                    float mask = Smooth.step((1 - q) / (2 * soft) + 0.5f);
                    int i = r * f.width + c;
                    f.air[i] *= 1 - 0.88f * mask;
                    f.tissue[i] += thickness * mask * (float) Math.sqrt(Math.max(0, 1 - q));
                }
            }
        }
    }

    private static void hilum(Field f, double cx, double cy) {
        int c1 = f.columnAt(cx + 0.12);
        int r1 = f.rowAt(cy + 0.16);
        for (int r = f.rowAt(cy - 0.16); r < r1; r++) {
            float wy = Smooth.bell((float) ((f.y(r) - cy) / 0.052));
            for (int c = f.columnAt(cx - 0.12); c < c1; c++) {
                f.tissue[r * f.width + c] += 0.17f * wy * Smooth.bell((float) ((f.x(c) - cx) / 0.034));
            }
        }
    }
}
