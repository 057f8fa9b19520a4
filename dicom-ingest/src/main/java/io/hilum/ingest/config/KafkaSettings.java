package io.hilum.ingest.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * The Kafka clients' own settings, so that TLS and SASL need no code: {@code kafka.ssl.truststore.location} in a file,
 * or {@code KAFKA_SSL_TRUSTSTORE_LOCATION} in the environment. Names that no client knows (a cluster puts variables such
 * as {@code KAFKA_SERVICE_HOST} into every pod) are left out.
 */
public final class KafkaSettings {

    private static final String PROPERTY = "kafka.";
    private static final String VARIABLE = "KAFKA_";

    private KafkaSettings() {}

    /** @throws IllegalArgumentException when no broker is named */
    public static Map<String, Object> of(Config config) {
        Set<String> known = new HashSet<>(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        Map<String, Object> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String key = key(name);
            if (known.contains(key)) {
                config.getOptionalValue(PROPERTY + key, String.class)
                        .or(() -> config.getOptionalValue(name, String.class))
                        .ifPresent(value -> settings.put(key, value));
            }
        }
        if (!settings.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("kafka.bootstrap.servers is not set: name the broker, e.g. kafka:9092.");
        }
        return settings;
    }

    private static String key(String name) {
        if (name.startsWith(PROPERTY)) {
            return name.substring(PROPERTY.length());
        }
        // No client setting has an underscore in its name.
        return name.startsWith(VARIABLE)
                ? name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.') : "";
    }
}
