package io.hilum.ingest.publish;

import io.hilum.contracts.event.StudyReceived;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest studies as they were announced, so that each is announced once and again when it changed. Forgotten
 * ones are announced again, which a compacted topic does not mind.
 *
 * <p>Threading: free to share.
 */
final class StudyMemory {

    private static final int CAPACITY = 20_000;

    private final Map<String, Remembered> studies = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > CAPACITY;
        }
    };

    /** @param digest of the event without its time */
    private record Remembered(int digest, long received) {}

    /** The event with the first image's time, or null where the same was announced before. */
    synchronized StudyReceived news(StudyReceived study) {
        Remembered before = studies.get(study.getStudyUid());
        if (before == null) {
            return study;
        }
        return before.digest == digest(study) ? null : study.toBuilder().setReceived(before.received).build();
    }

    synchronized void announced(StudyReceived study) {
        studies.put(study.getStudyUid(), new Remembered(digest(study), study.getReceived()));
    }

    private static int digest(StudyReceived study) {
        return java.util.Arrays.hashCode(study.toBuilder().clearReceived().build().toByteArray());
    }
}
