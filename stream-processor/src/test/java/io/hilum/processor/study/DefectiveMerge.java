package io.hilum.processor.study;

import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.study.StudyEvent.ImageDone;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** A merge with a defect that shows with certain images and studies only, until it is mended. */
public final class DefectiveMerge extends StudyMerge {

    private final Set<String> uids = ConcurrentHashMap.newKeySet();

    /** @param uids SOP Instance UIDs and Study Instance UIDs with which it fails */
    public DefectiveMerge(String... uids) {
        super(new PriorityRule(Set.of()));
        this.uids.addAll(Set.of(uids));
    }

    public void mend() {
        uids.clear();
    }

    public ProcessorSupplier<String, StudyEvent, String, Object> supplier(
            StudySettings settings, MeterRegistry meters, MicroClock clock, String findings, String deadLetters) {
        return AssembleProcessor.supplier(
                settings, this, new StudyMeters(meters), clock, StreamTracer.PASSING, Backlog.NONE, findings, deadLetters);
    }

    @Override
    StudyFindings withImage(StudyFindings last, ImageDone done, long now) {
        failFor(done.image().getSopInstanceUid());
        return super.withImage(last, done, now);
    }

    @Override
    StudyFindings asFinal(StudyFindings last, String reason, long now) {
        failFor(last.getStudyUid());
        return super.asFinal(last, reason, now);
    }

    @Override
    StudyFindings asWithdrawn(StudyFindings last, StudyWithdrawn withdrawn, long now) {
        failFor(withdrawn.getStudyUid());
        return super.asWithdrawn(last, withdrawn, now);
    }

    private void failFor(String uid) {
        if (uids.contains(uid)) {
            throw new ArithmeticException("/ by zero");
        }
    }
}
