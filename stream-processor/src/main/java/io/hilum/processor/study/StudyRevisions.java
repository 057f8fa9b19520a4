package io.hilum.processor.study;

import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.topic.TopicSettings;
import io.hilum.processor.study.StudyEvent.ImageDone;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Makes revisions that can be sent, or says why not: a defect in merging one study, or a revision that outgrew a
 * record, must end as a dead letter. Thrown out of the operator it would end the stream thread, be read again, and
 * end the next one, until the service stops for the sake of one study.
 *
 * <p>Computes only: a store is written by {@link AssembleProcessor} once the revision is there.
 *
 * <p>Threading: immutable, free to share.
 */
final class StudyRevisions {

    private static final Logger LOG = Logger.getLogger(StudyRevisions.class);
    /** Room for key, headers and the producer's own framing. */
    private static final int MAX_BYTES = TopicSettings.MAX_RECORD_BYTES - (64 << 10);

    private final StudyMerge merge;

    StudyRevisions(StudyMerge merge) {
        this.merge = merge;
    }

    /** As {@link StudyMerge#withImage}. */
    StudyFindings withImage(StudyFindings last, ImageDone done, long now) {
        return sendable(done.facts().getStudyUid(), () -> merge.withImage(last, done, now));
    }

    /** As {@link StudyMerge#asFinal}. */
    StudyFindings asFinal(StudyFindings last, String reason, long now) {
        return sendable(last.getStudyUid(), () -> merge.asFinal(last, reason, now));
    }

    /** As {@link StudyMerge#asWithdrawn}. */
    StudyFindings asWithdrawn(StudyFindings last, StudyWithdrawn withdrawn, long now) {
        return sendable(withdrawn.getStudyUid(), () -> merge.asWithdrawn(last, withdrawn, now));
    }

    private static StudyFindings sendable(String study, Supplier<StudyFindings> revision) {
        StudyFindings next;
        try {
            next = revision.get();
        } catch (RuntimeException defect) {
            LOG.errorf(defect, "A revision of study %s could not be made; this is a defect of stream-processor.", study);
            throw new UnmergeableException("merge-failed", "The next revision of study " + study + " could not be made: "
                    + defect + ". This is a defect of stream-processor: report it with the service's log, and replay this"
                    + " letter after an update.", defect);
        }
        int bytes = next.getSerializedSize();
        if (bytes > MAX_BYTES) {
            throw new UnmergeableException("revision-too-large", "Revision " + next.getRevision() + " of study " + study
                    + " would have " + bytes + " bytes, and a record may have " + MAX_BYTES + ". Lower engine.heat-maps"
                    + " or study.max-images.", null);
        }
        return next;
    }
}
