package io.hilum.processor.model.release;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.topic.StatusKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A status topic in memory: all that was said, in words, and what compaction leaves. Threading: free to share. */
final class SaidStatuses implements StatusBoard.Topic {

    /** E.g. {@code active 2 REFUSED the reason}. */
    final List<String> said = new CopyOnWriteArrayList<>();
    private final Map<String, String> last = new TreeMap<>();

    @Override
    public synchronized void put(StatusKey key, ModelStatus status) {
        String slot = key.slot().name().toLowerCase(Locale.ROOT);
        if (status == null) {
            last.remove(key.text());
        } else {
            String words = (slot + " " + status.getVersion() + " " + status.getState() + " " + status.getReason()).strip();
            said.add(words);
            last.put(key.text(), words);
        }
    }

    /** One entry a line and slot that holds something. */
    synchronized List<String> now() {
        return List.copyOf(last.values());
    }

    /** Never repeats by itself. */
    StatusBoard board() {
        return new StatusBoard("here", Set.of(), Duration.ofHours(1), this, () -> 1);
    }
}
