package io.hilum.processor.study;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.StudyWithdrawn;
import java.util.List;
import java.util.Objects;

/** What happens to a study, in the order in which it came in. */
public sealed interface StudyEvent {

    /**
     * An image is done: scored, out of scope, or not scored.
     *
     * @param facts the event without its pixels: what the study is told about itself
     * @param image the image's own results
     * @param lines its findings against each model's operating points; empty where it was not scored
     */
    record ImageDone(ImageReceived facts, ImageFindings image, List<LineFindings> lines) implements StudyEvent {
        public ImageDone {
            Objects.requireNonNull(facts, "facts");
            Objects.requireNonNull(image, "image");
            lines = List.copyOf(lines);
        }
    }

    /** The study was withdrawn. */
    record Withdrawn(StudyWithdrawn event) implements StudyEvent {
        public Withdrawn {
            Objects.requireNonNull(event, "event");
        }
    }
}
