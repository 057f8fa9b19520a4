package io.hilum.processor.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The settings that every Kafka client of this service shares: {@code kafka.bootstrap.servers} and security. */
final class KafkaClients {

    /** Asked for by name, because environment variables cannot be listed in Kafka's spelling. */
    private static final List<String> SHARED = List.of(
            "bootstrap.servers",
            "security.protocol",
            "sasl.mechanism",
            "sasl.jaas.config",
            "ssl.truststore.location",
            "ssl.truststore.type",
            "ssl.truststore.password",
            "ssl.truststore.certificates",
            "ssl.keystore.location",
            "ssl.keystore.type",
            "ssl.keystore.password",
            "ssl.key.password",
            "ssl.endpoint.identification.algorithm");

    private KafkaClients() {}

    static Map<String, String> of(Config config) {
        Map<String, String> settings = new HashMap<>();
        for (String name : SHARED) {
            config.getOptionalValue("kafka." + name, String.class).ifPresent(value -> settings.put(name, value));
        }
        return Map.copyOf(settings);
    }
}
