package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;

/** What becomes of CheXpert's "uncertain" (-1), which its readers' reports are full of. */
enum Uncertainty {
    /** Negative. */
    ZEROS,
    /** Positive. */
    ONES,
    /** Not known: outside of the loss and of every measure. */
    IGNORE,
    /** As the published EVA-X recipes have it: positive for Edema and Atelectasis, negative for the other three. */
    EVA_X;

    /**
     * @return the value in a cache, which remembers that it stood for "uncertain": the recipes may smooth just these
     * @throws IllegalArgumentException when the published policy does not speak of the label
     */
    int label(String name) {
        return switch (this) {
            case ZEROS -> FilmCache.UNCERTAIN_NEGATIVE;
            case ONES -> FilmCache.UNCERTAIN_POSITIVE;
            case IGNORE -> FilmCache.UNKNOWN;
            case EVA_X -> switch (name) {
                case "Edema", "Atelectasis" -> FilmCache.UNCERTAIN_POSITIVE;
                case "Cardiomegaly", "Consolidation", "Pleural Effusion" -> FilmCache.UNCERTAIN_NEGATIVE;
                default -> throw new IllegalArgumentException("The published policy for uncertain labels says nothing about '" + name
                    + "': choose --uncertain zeros, ones or ignore.");
            };
        };
    }
}
