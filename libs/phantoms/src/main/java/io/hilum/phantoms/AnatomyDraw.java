package io.hilum.phantoms;

/** Draws a body: what stays between a patient's studies from one generator, what changes with posture and breath from another. */
final class AnatomyDraw {

    private AnatomyDraw() {
    }

    static Anatomy draw(Preset preset, Sex sex, View view, PhantomRandom body, PhantomRandom posture) {
        boolean lying = view == View.AP;
        double chest = preset.chestScale() * body.normal(sex == Sex.MALE ? 0.395 : 0.38, 0.016, 0.33, 0.43);
        double apex = posture.normal(0.115, 0.018, 0.07, 0.17);
        double dome = posture.normal(lying ? 0.72 : 0.76, 0.022, 0.64, 0.82);
        double ratio = body.normal(0.445, 0.03, 0.36, 0.53) * (lying ? 1.04 : 1.0) + posture.normal(0, 0.006);
        double breast = sex == Sex.FEMALE ? body.uniform(0.02, 0.12) : 0;
        return new Anatomy(
                0.5 + posture.normal(0, 0.014, -0.04, 0.04),
                chest,
                apex,
                dome,
                body.normal(0.02, 0.01, -0.005, 0.045),
                body.normal(0.095, 0.012, 0.06, 0.13),
                ratio,
                body.uniform(0.62, 0.72),
                body.normal(0.068, 0.004, 0.056, 0.08),
                body.uniform(0.05, 0.13),
                body.uniform(0.7, 1.25),
                body.normal(1, 0.1, 0.75, 1.3),
                breast,
                body.uniform(0.75, 1.25),
                body.nextLong());
    }
}
