package io.hilum.processor.model.shadow;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.ShadowLabel;
import io.hilum.contracts.event.ShadowScored;
import io.hilum.inference.EngineIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What is counted about candidates in shadow, by line and version.
 *
 * <p>Threading: free to share.
 */
public final class ShadowMeters {

    private final MeterRegistry registry;
    private final Counter dropped;

    public ShadowMeters(MeterRegistry registry) {
        this.registry = registry;
        dropped = Counter.builder("hilum.processor.shadow.dropped")
                .description("comparisons that could not be published").register(registry);
    }

    void dropped() {
        dropped.increment();
    }

    Of of(EngineIdentity candidate) {
        return new Of(Tags.of("line", candidate.line(), "version", candidate.version()));
    }

    /** One candidate's. */
    final class Of {

        private final Tags tags;
        private final Counter images;
        private final Counter skipped;
        private final Counter failed;

        private Of(Tags tags) {
            this.tags = tags;
            images = counter("images", "images that a candidate scored in shadow");
            skipped = counter("skipped", "images that a candidate was not given, because it or the model that serves was behind");
            failed = counter("failed", "images that a candidate failed on");
        }

        void skipped() {
            skipped.increment();
        }

        void failed() {
            failed.increment();
        }

        /** Counts a comparison and hands it on. */
        ShadowScored compared(ShadowScored compared) {
            images.increment();
            for (ShadowLabel label : compared.getLabelsList()) {
                if (label.hasServingProbability() && label.hasShadowProbability()) {
                    difference(label.getLabel()).record(Math.abs(label.getServingProbability() - label.getShadowProbability()));
                }
                if (isFlip(label)) {
                    registry.counter("hilum.processor.shadow.flips", tags.and("label", label.getLabel())).increment();
                }
            }
            return compared;
        }

        private DistributionSummary difference(String label) {
            return DistributionSummary.builder("hilum.processor.shadow.difference")
                    .description("absolute difference of a label's probabilities").tags(tags.and("label", label)).register(registry);
        }

        private Counter counter(String name, String description) {
            return Counter.builder("hilum.processor.shadow." + name).description(description).tags(tags).register(registry);
        }
    }

    /** Both decided, and not alike. */
    private static boolean isFlip(ShadowLabel label) {
        return label.getServingDecision() != Decision.UNDECIDED && label.getShadowDecision() != Decision.UNDECIDED
                && label.getServingDecision() != label.getShadowDecision();
    }
}
