package io.hilum.phantoms.render;

import io.hilum.phantoms.Lesion;
import io.hilum.phantoms.PhantomSpec;

/**
 * Puts the layers of one film together: body, heart, bones, vessels and lesions as attenuation, then development and letters.
 *
 * <p>Threading: immutable; each call has buffers of its own.
 */
public final class Drawing {

    private static final float AIR = 0.74f;
    private static final float PARENCHYMA = 0.13f;

    private final PhantomSpec spec;
    private final ChestShape shape;

    private Drawing(PhantomSpec spec) {
        this.spec = spec;
        this.shape = new ChestShape(spec);
    }

    /** The drawing of a film. */
    public static Drawing of(PhantomSpec spec) {
        return new Drawing(spec);
    }

    /** Grey values around 0..1 (not cut), bone white, row by row. */
    public float[] render(int width, int height) {
        double blur = spec.exposure().blur();
        Field field = new Field(width, height);
        new BodyLayer(spec, shape).draw(field);
        HeartLayer heart = new HeartLayer(shape, blur);
        heart.draw(field);
        new BoneLayer(shape, blur).draw(field);
        float[] vessels = VesselLayer.draw(field, shape, heart.hilumY(), blur);
        LesionLayer lesions = new LesionLayer(field, shape, blur);
        for (Lesion lesion : spec.lesions()) {
            lesions.draw(lesion, null);
        }
        float[] grey = attenuation(field, vessels);
        Developer.develop(spec.exposure(), width, height, grey);
        Glyphs.draw(spec.marker(), width, height, grey);
        return grey;
    }

    /** How much of one lesion covers each cell of a square grid, 0..1. */
    public float[] mask(Lesion lesion, int size) {
        Field field = new Field(size, size);
        new BodyLayer(spec, shape).draw(field);
        new HeartLayer(shape, spec.exposure().blur()).draw(field);
        float[] mask = new float[size * size];
        new LesionLayer(field, shape, spec.exposure().blur()).draw(lesion, mask);
        return mask;
    }

    private float[] attenuation(Field field, float[] vessels) {
        long seed = spec.anatomy().seed();
        ValueNoise coarse = new ValueNoise(seed + 1, 14, field.width);
        ValueNoise middle = new ValueNoise(seed + 2, 33, field.width);
        ValueNoise fine = new ValueNoise(seed + 3, 80, field.width);
        float[] texture = new float[field.width];
        float[] grey = field.tissue;
        for (int r = 0; r < field.height; r++) {
            java.util.Arrays.fill(texture, 0);
            float y = field.y(r);
            coarse.addRow(y, 0.035f, texture);
            middle.addRow(y, 0.028f, texture);
            fine.addRow(y, 0.020f, texture);
            for (int c = 0; c < field.width; c++) {
                int i = r * field.width + c;
                float air = field.air[i];
                float lung = field.lung[i] * air;
                grey[i] += (grey[i] > 0 ? 0.35f * texture[c] : 0) - AIR * air + lung * (PARENCHYMA + texture[c] + vessels[i]);
            }
        }
        return grey;
    }
}
