package io.hilum.processor.trace;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.trace.TraceContext;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Follows each image's trace from the record that came to the records that leave.
 *
 * <p>Whatever stands in a record's headers, and whatever happens to a collector, nothing here throws or waits. Spans
 * are told when their record leaves, not when it is committed: after a crash a record is read again, and told again.
 *
 * <p>Threading: free to share.
 */
public interface StreamTracer {

    /** Passes traces on and records nothing. */
    StreamTracer PASSING = new PassingTracer();

    /** Whether spans are recorded: only then is it worth keeping something for them. */
    boolean records();

    /**
     * A record was taken from a topic.
     *
     * @param micros when, since the epoch
     */
    RecordTrace taken(Headers headers, RecordMetadata where, long micros);

    /**
     * A revision is about to be published.
     *
     * @param cause the image's or withdrawal's trace; empty where time made the revision
     * @param images what the revision links to where time made it
     * @return what its record says
     */
    Optional<TraceContext> revised(StudyFindings revision, Optional<TraceContext> cause, List<TraceContext> images);

    /** Its study did not take an image: what the dead letter's record says. */
    Optional<TraceContext> refused(DeadLetter letter, Optional<TraceContext> image);
}
