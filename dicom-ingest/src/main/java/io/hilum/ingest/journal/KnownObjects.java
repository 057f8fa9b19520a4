package io.hilum.ingest.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The latest objects by key, with their sequence (0: announced before the last opening). Under the journal's lock. */
final class KnownObjects {

    private final LinkedHashMap<String, Long> sequences;

    KnownObjects(int capacity) {
        this.sequences = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > capacity;
            }
        };
    }

    Optional<Long> sequenceOf(String key) {
        return Optional.ofNullable(sequences.get(key));
    }

    void put(String key, long sequence) {
        sequences.remove(key);
        sequences.put(key, sequence);
    }

    void remove(String key) {
        sequences.remove(key);
    }

    /** Keys whose entries are not open, oldest first. */
    List<String> announced(Set<Long> open) {
        List<String> keys = new ArrayList<>();
        sequences.forEach((key, sequence) -> {
            if (!open.contains(sequence)) {
                keys.add(key);
            }
        });
        return keys;
    }
}
