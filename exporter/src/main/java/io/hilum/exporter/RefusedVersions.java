package io.hilum.exporter;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.topic.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The versions of a line that some instance refused and none serves. Such a bundle is no fallback: after a
 * second bad release a restart would find nothing that loads.
 */
final class RefusedVersions {

    private RefusedVersions() {}

    static Set<String> of(Consumer<String, ModelStatus> consumer, String line) {
        Map<String, ModelStatus> serving = new HashMap<>();
        Set<String> refused = new HashSet<>();
        TopicEnd.read(consumer, Topics.MODEL_STATUS_TOPIC, record -> {
            ModelStatus status = record.value();
            if (status == null) {
                serving.remove(record.key());
            } else if (status.getLine().equals(line)) {
                switch (status.getState()) {
                    case SERVING -> serving.put(record.key(), status);
                    case REFUSED -> refused.add(status.getVersion());
                    default -> { }
                }
            }
        });
        serving.values().forEach(status -> refused.remove(status.getVersion()));
        return refused;
    }
}
