package io.hilum.processor.study;

import io.hilum.contracts.event.StudyFindings;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a task remembers of its studies. Logged, explicitly named and never cached.
 *
 * <p>Never cached, because a commit flushes the caches of all stores one after another: a cache that was
 * flushed before {@code PendingWork} drained keeps what the drain wrote, the offsets are committed, and
 * after a crash the study's revision is forgotten.
 */
final class StudyStores {

    /** Study UID to the last revision as it was published: digests, scores, revision. */
    static final String STUDIES = "studies";
    /** Study UID to {@link Deadline}, only of studies that are not final yet. */
    static final String OPEN = "open-studies";

    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(8 << 20));

    private StudyStores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(builder(STUDIES, Protobuf.serde(StudyFindings.parser())), builder(OPEN, Deadline.serde()));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }
}
