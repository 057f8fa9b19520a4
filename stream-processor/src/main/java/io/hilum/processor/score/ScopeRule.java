package io.hilum.processor.score;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.View;
import java.util.Optional;

/**
 * Which images the models are meant for: frontal films of adults. What is out of scope is not scored, which
 * is not "no finding". A patient of unknown age and a film of unknown view are scored.
 */
final class ScopeRule {

    private static final double ADULT_YEARS = 18;

    private ScopeRule() {}

    /** Why the image is out of scope, as a sentence; empty when it is in scope. */
    static Optional<String> outOfScope(ImageReceived image) {
        if (image.getView() == View.LATERAL) {
            return Optional.of("Lateral film: the models read frontal films only.");
        }
        // A missing, negative or not-a-number age fails both comparisons and counts as unknown.
        if (image.hasAgeYears() && image.getAgeYears() >= 0 && image.getAgeYears() < ADULT_YEARS) {
            return Optional.of("The patient is under 18 years old: the models are meant for adults only.");
        }
        return Optional.empty();
    }
}
