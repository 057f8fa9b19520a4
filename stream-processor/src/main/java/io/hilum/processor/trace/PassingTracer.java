package io.hilum.processor.trace;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.contracts.trace.TraceHeaders;
import io.hilum.processor.study.StudyEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What leaves says the trace of what came, unchanged. No span is made. */
final class PassingTracer implements StreamTracer {

    /** @param trace as the record's headers have it */
    record Passing(Optional<TraceContext> trace) implements RecordTrace {

        @Override
        public void watch(CompletableFuture<?> work) {
            // Nobody asks when.
        }

        @Override
        public Optional<TraceContext> left(Optional<StudyEvent> study, Optional<DeadLetter> deadLetter) {
            return trace;
        }
    }

    @Override
    public boolean records() {
        return false;
    }

    @Override
    public RecordTrace taken(Headers headers, RecordMetadata where, long micros) {
        Optional<TraceContext> trace = TraceHeaders.read(headers);
        return trace.isEmpty() ? RecordTrace.NONE : new Passing(trace);
    }

    @Override
    public Optional<TraceContext> revised(StudyFindings revision, Optional<TraceContext> cause, List<TraceContext> images) {
        return cause;
    }

    @Override
    public Optional<TraceContext> refused(DeadLetter letter, Optional<TraceContext> image) {
        return image;
    }
}
