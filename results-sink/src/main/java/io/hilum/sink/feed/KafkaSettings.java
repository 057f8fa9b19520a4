package io.hilum.sink.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.Config;

/** Client settings: everything under {@code kafka.} that a client knows, and what must not be changed. */
@ApplicationScoped
public class KafkaSettings {

    private final Config config;

    KafkaSettings(Config config) {
        this.config = config;
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = known(AdminClientConfig.configNames());
        settings.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, "results-sink-admin");
        return settings;
    }

    /** No group: offsets live in the database, and a restart reads on at once instead of waiting for a session to end. */
    Map<String, Object> consumer(String topic, int batch) {
        Map<String, Object> settings = known(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "results-sink-" + topic);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(batch));
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    /** Asked by name, so that environment variables (KAFKA_SASL_MECHANISM) count too. */
    private Map<String, Object> known(Set<String> names) {
        Map<String, Object> settings = new HashMap<>();
        for (String name : names) {
            config.getOptionalValue("kafka." + name, String.class).ifPresent(value -> settings.put(name, value));
        }
        settings.putIfAbsent("bootstrap.servers", "127.0.0.1:9092");
        // An outage is shown after seconds, not after the client's default minute.
        settings.putIfAbsent("default.api.timeout.ms", "10000");
        settings.putIfAbsent("request.timeout.ms", "8000");
        settings.putIfAbsent("reconnect.backoff.max.ms", "2000");
        return settings;
    }
}
