package io.hilum.phantoms;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws the lesions of a film, each finding by its own coin and its own generator.
 *
 * <p>The strengths span from plain to barely visible on purpose: a demo model that gets everything right would blind every
 * comparison of models made with it.
 */
final class LesionDraw {

    /** Probability of each finding on a film. */
    static final double PREVALENCE = 0.30;

    /** How far the plain end of the strengths is favoured: 0 draws all of them, 1 only the plainest. */
    private final double plain;

    LesionDraw(double plain) {
        if (!(plain >= 0 && plain < 1)) {
            throw new IllegalArgumentException("lesions are drawn from the plainest share of strengths, 0 <= plain < 1, not " + plain);
        }
        this.plain = plain;
    }

    List<Lesion> draw(Anatomy anatomy, View view, PhantomRandom random) {
        List<Lesion> lesions = new ArrayList<>();
        for (Finding finding : Finding.values()) {
            PhantomRandom own = random.fork(finding.name());
            if (own.chance(PREVALENCE)) {
                lesions.add(one(finding, anatomy, view, own));
            }
        }
        return lesions;
    }

    private Lesion one(Finding finding, Anatomy a, View view, PhantomRandom random) {
        Side side = random.chance(0.5) ? Side.LEFT : Side.RIGHT;
        return switch (finding) {
            case PNEUMOTHORAX -> new Lesion.Pneumothorax(side, strength(random, 0.02, 0.11), random.uniform(0.45, 1.0),
                    strength(random, 0.20, 1.0));
            case EFFUSION -> new Lesion.Effusion(side, strength(random, 0.05, 0.34), strength(random, 0.30, 1.0));
            case NODULE -> new Lesion.Nodule(
                    a.midline() + side.sign() * a.chestHalf() * random.uniform(0.35, 0.75),
                    a.apex() + (a.dome() - a.apex()) * random.uniform(0.22, 0.9),
                    strength(random, 0.039, 0.061), strength(random, 0.65, 1.0));
            case CARDIOMEGALY -> new Lesion.Cardiomegaly(
                    random.normal(0.53 + 0.04 * plain, 0.04, 0.44, 0.68) * (view == View.AP ? 1.04 : 1.0));
            case CONSOLIDATION -> new Lesion.Consolidation(
                    a.midline() + side.sign() * a.chestHalf() * random.uniform(0.42, 0.75),
                    a.apex() + (a.dome() - a.apex()) * random.uniform(0.25, 0.9),
                    random.uniform(0.07, 0.13), random.uniform(0.07, 0.16), strength(random, 0.13, 0.73), random.nextLong());
        };
    }

    private double strength(PhantomRandom random, double low, double high) {
        return random.uniform(low + plain * (high - low), high);
    }
}
