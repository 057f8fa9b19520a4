package io.hilum.processor.metrics;

import io.hilum.contracts.event.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts dead letters by cause code. Every known code is there from the start, at zero: Prometheus sees no rise in a
 * series that begins with one, and the first letter of a cause is the one that matters.
 *
 * <p>Threading: free to share.
 */
public final class DeadLetterMeter {

    private static final String NAME = "hilum.processor.dead.letters";
    private static final List<String> KNOWN = List.of("empty-record", "unreadable-record", "unexpected-event", "invalid-event",
            "misplaced-event", "unusable-canvas", "inference-failed", "study-withdrawn", "too-many-images", "merge-failed",
            "revision-too-large");

    private final MeterRegistry registry;

    public DeadLetterMeter(MeterRegistry registry) {
        this.registry = registry;
        KNOWN.forEach(code -> registry.counter(NAME, "code", code));
    }

    public void count(DeadLetter letter) {
        registry.counter(NAME, "code", letter.getCauseCode()).increment();
    }
}
