package io.hilum.quickstart.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** How a command reaches Kafka, as Kafka's own tools are told. */
final class KafkaConnection {

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String DEFAULT_BOOTSTRAP = "127.0.0.1:9092";

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers (default: those of --config, else " + DEFAULT_BOOTSTRAP + ")")
    private String bootstrap;

    @Option(names = "--config", paramLabel = "FILE",
            description = "Kafka client settings as a properties file, for TLS and SASL")
    private Path config;

    /** @return Kafka client settings; the options win over the file */
    Map<String, Object> settings() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        if (config != null) {
            if (!Files.isReadable(config)) {
                throw new IOException("--config " + config + " cannot be read; it must be a file of Kafka client settings.");
            }
            Properties file = new Properties();
            try (Reader reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
                file.load(reader);
            }
            file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
        }
        if (bootstrap != null) {
            settings.put(BOOTSTRAP, bootstrap);
        }
        settings.putIfAbsent(BOOTSTRAP, DEFAULT_BOOTSTRAP);
        return settings;
    }
}
