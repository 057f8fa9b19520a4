package io.hilum.trainer.data;

import java.util.random.RandomGenerator;

/**
 * What is done to a film on its way into a batch: a part of it resized to the input, perhaps mirrored, perhaps
 * distorted. All draws come from the generator that is passed in. Boxes do not follow crops, mirrors and
 * distortions: see {@link #keepsPlaces}. No state; any thread.
 *
 * @param shorter 0: whole films are resized to the input. Else they are resized to this side and the middle is cut
 *     out, as the reference does (256 for an input of 224): the outer parts of a film are then not seen at all. Has
 *     no effect where a random part is cut out
 * @param minArea smallest part of the film's area that may be cut out; 1 keeps whole films. A small part may
 *     lose the finding while the label stays
 * @param flip whether half of the films are mirrored. A mirrored chest has its heart on the right, so leave
 *     this off where sides matter
 * @param contrast largest change of gain and (times 64) of brightness; 0 changes nothing
 * @param operations further distortions
 */
public record Augmentation(int shorter, double minArea, boolean flip, double contrast, RandAugment operations) {
    /** Whole films as they are. */
    public static final Augmentation NONE = new Augmentation(1, false, 0);
    /** Training of the published CXR14 recipes: random resized crop of 8 to 100 % of the area, mirrored or not, RandAugment. */
    public static final Augmentation PUBLISHED = new Augmentation(0, 0.08, true, 0, RandAugment.PUBLISHED);

    public Augmentation {
        if (!(minArea > 0 && minArea <= 1) || !(contrast >= 0 && contrast < 1) || shorter < 0) {
            throw new IllegalArgumentException(("A smallest area must lie in (0, 1], a contrast in [0, 1), and a shorter side "
                + "must not be negative; given were %s, %s and %d.").formatted(minArea, contrast, shorter));
        }
    }

    /** Without a centre crop and RandAugment. */
    public Augmentation(double minArea, boolean flip, double contrast) {
        this(0, minArea, flip, contrast, RandAugment.NONE);
    }

    /**
     * The reference's evaluation, and its training without augmentation: films resized to {@code shorter}, of which
     * the middle is cut out. A cache of that very side made by {@code Geometry.CROP} gives the reference's pixels.
     */
    public static Augmentation resizeOnly(int shorter) {
        return new Augmentation(shorter, 1, false, 0, RandAugment.NONE);
    }

    /** The side to which the reference resizes for an input of {@code size}: 256 for 224, 480 for 480. */
    public static int referenceShorter(int size) {
        return size <= 224 ? (int) (size / (224 / 256.0)) : size;
    }

    /** The same view of a film without anything random, for evaluation. */
    public Augmentation plain() {
        return resizeOnly(shorter);
    }

    /** Whether a lesion is where it was: a box drawn on the film still holds. */
    public boolean keepsPlaces() {
        return shorter == 0 && minArea == 1 && !flip && operations.operations() == 0;
    }

    /**
     * Writes film {@code i} of a cache as input of side {@code size}.
     *
     * @param out [size * size] grey bytes
     * @param random not used (may be null) when nothing is random
     */
    public void apply(FilmCache cache, int i, int size, RandomGenerator random, byte[] out) {
        byte[] made = Augmenter.ofThread().make(this, cache, i, size, random);
        System.arraycopy(made, 0, out, 0, size * size);
    }
}
