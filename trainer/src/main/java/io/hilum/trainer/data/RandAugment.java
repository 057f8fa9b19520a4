package io.hilum.trainer.data;

import java.util.random.RandomGenerator;

/**
 * RandAugment as the reference uses it (Cubuk et al. 2019; timm's variant with increasing magnitudes): some operations
 * drawn with replacement from {@link Distortion}, each carried out or not. No state; any thread.
 *
 * @param operations how many are drawn; 0 leaves films as they are. Many of them, or strong ones, can hide the finding
 * @param probability of each drawn operation to be carried out
 * @param magnitude mean strength, 0 to 10
 * @param deviation standard deviation of the strength, which is clipped to 0 to 10
 * @param fill grey level of what lies outside of the film
 */
public record RandAugment(int operations, double probability, double magnitude, double deviation,
        Interpolation interpolation, int fill) {
    /** Nothing. */
    public static final RandAugment NONE = new RandAugment(0, 0, 0, 0, Interpolation.BICUBIC, 125);
    /** Of the published recipes: two operations, each with probability 0.5, strength 6 +- 0.5, fill 125. */
    public static final RandAugment PUBLISHED = new RandAugment(2, 0.5, 6, 0.5, Interpolation.BICUBIC, 125);

    private static final Distortion[] ALL = Distortion.values();
    private static final double STRONGEST = 10;

    public RandAugment {
        if (operations < 0 || !(probability >= 0 && probability <= 1) || !(magnitude >= 0 && magnitude <= STRONGEST)
                || !(deviation >= 0) || fill < 0 || fill > 255) {
            throw new IllegalArgumentException(("RandAugment needs operations >= 0, a probability in [0, 1], a magnitude in [0, 10], "
                + "a deviation >= 0 and a fill in [0, 255], not %d, %s, %s, %s, %d.")
                .formatted(operations, probability, magnitude, deviation, fill));
        }
    }

    void apply(GreyImage image, RandomGenerator random) {
        for (int i = 0; i < operations; i++) {
            Distortion drawn = ALL[random.nextInt(ALL.length)];
            if (random.nextDouble() >= probability) {
                continue;
            }
            double strength = Math.max(0, Math.min(STRONGEST, magnitude + deviation * normal(random))) / STRONGEST;
            int sign = random.nextBoolean() ? 1 : -1;
            boolean cubic = switch (interpolation) {
                case BILINEAR -> false;
                case BICUBIC -> true;
                case RANDOM -> random.nextBoolean();
            };
            drawn.apply(image, strength, sign, cubic, fill);
        }
    }

    /** Box and Muller's, so that the numbers do not depend on the Java version. */
    private static double normal(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
