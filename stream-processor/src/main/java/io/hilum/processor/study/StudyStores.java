package io.hilum.processor.study;

import io.hilum.contracts.event.StudyFindings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a task remembers of its studies. Logged, explicitly named and never cached.
 *
 * <p>Never cached, because a commit flushes the caches of all stores one after another: a cache that was
 * flushed before {@code PendingWork} drained keeps what the drain wrote, the offsets are committed, and
 * after a crash the study's revision is forgotten.
 *
 * <p>A study's last revision is kept as it was published, heat maps and addresses included: each revision is
 * whole, so the next one, whose cause may be another image or only the passing of time, has to carry them again,
 * and the canvases that they could be computed from are not kept here. Pixels are not part of it. {@link Forgetting}
 * removes it when it is older than any consumer may lag.
 */
final class StudyStores {

    /** Study UID to the last revision as it was published. */
    static final String STUDIES = "studies";
    /** Study UID to {@link Deadline}, only of studies that are not final yet: few enough to be held in memory, and walked often. */
    static final String OPEN = "open-studies";

    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(8 << 20));
    /** What is held in memory is read from the beginning at each start: the newest segment, which is never compacted, must be small. */
    private static final Map<String, String> SHORT_CHANGELOG = Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20),
            TopicConfig.SEGMENT_MS_CONFIG, Long.toString(TimeUnit.MINUTES.toMillis(10)));

    private StudyStores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(builder(Stores.persistentKeyValueStore(STUDIES), Protobuf.serde(StudyFindings.parser()), CHANGELOG),
                builder(Stores.inMemoryKeyValueStore(OPEN), Deadline.serde(), SHORT_CHANGELOG));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(
            KeyValueBytesStoreSupplier kept, Serde<V> values, Map<String, String> changelog) {
        return Stores.keyValueStoreBuilder(kept, Serdes.String(), values)
                .withLoggingEnabled(changelog)
                .withCachingDisabled();
    }
}
