package io.hilum.processor.study;

import io.hilum.contracts.event.StudyFindings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Forgets studies whose last revision is older than any consumer may lag. Until then their revision never
 * restarts; an image that comes later still begins a new study at revision 1. A study that is not final yet is kept.
 *
 * <p>Walks over the store a little at a time, and begins anew at its end.
 *
 * <p>Threading: owned by the task's stream thread.
 */
final class Forgetting {

    /** The stream thread must not be away for long: a study of many images is some hundred kilobytes to read. */
    private static final int LOOKED_AT_AT_ONCE = 200;

    private final KeyValueStore<String, StudyFindings> studies;
    private final KeyValueStore<String, Deadline> open;
    private final Duration remember;
    private String next;

    Forgetting(KeyValueStore<String, StudyFindings> studies, KeyValueStore<String, Deadline> open, Duration remember) {
        this.studies = studies;
        this.open = open;
        this.remember = remember;
    }

    /** @param now milliseconds since the epoch */
    void walkOn(long now) {
        long oldest = TimeUnit.MILLISECONDS.toMicros(now - remember.toMillis());
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, StudyFindings> each = next == null ? studies.all() : studies.range(next, null)) {
            int lookedAt = 0;
            next = null;
            while (each.hasNext() && next == null) {
                KeyValue<String, StudyFindings> study = each.next();
                if (study.value.getTimes().getEmitted() < oldest && open.get(study.key) == null) {
                    old.add(study.key);
                }
                if (++lookedAt == LOOKED_AT_AT_ONCE && each.hasNext()) {
                    next = each.peekNextKey();
                }
            }
        }
        old.forEach(studies::delete);
    }
}
