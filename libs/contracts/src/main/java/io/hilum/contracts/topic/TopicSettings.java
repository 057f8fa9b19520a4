package io.hilum.contracts.topic;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** What a topic's declaration means as Kafka's topic settings, for {@link TopicAdmin} and for cluster manifests. */
public final class TopicSettings {

    /** Bytes; a canvas travels in its event. */
    public static final int MAX_RECORD_BYTES = 8 << 20;

    private static final int REPLICATION_OF_A_CLUSTER = 3;

    private TopicSettings() {}

    /**
     * The settings by their Kafka names.
     *
     * @param replication copies of each partition; from 3 on two of them must have a record before it counts
     */
    public static Map<String, String> of(Topic topic, int replication) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanUp().policy());
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
        switch (topic.cleanUp()) {
            case DELETE -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
            case COMPACT -> { }
        }
        if (replication >= REPLICATION_OF_A_CLUSTER) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return settings;
    }
}
