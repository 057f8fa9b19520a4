package io.hilum.ingest.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.ingest.Configs;
import io.hilum.ingest.FakeGateway;
import io.hilum.ingest.Nodes;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

    @TempDir
    Path directory;

    @Test
    void findsTheBrokersSecurityInTheEnvironment() {
        Map<String, Object> settings = KafkaSettings.of(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of("kafka.bootstrap.servers", "localhost:9092"), "file", 100),
                        new EnvConfigSource(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9093",
                                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SSL_TRUSTSTORE_LOCATION", "/ca.crt",
                                "KAFKA_SERVICE_HOST", "10.0.0.1"), 300)).build());
        assertEquals(Map.of("bootstrap.servers", "kafka:9093", "security.protocol", "SASL_SSL",
                "ssl.truststore.location", "/ca.crt"), settings);
    }

    private String refused(Map<String, String> options) {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class,
                () -> Nodes.start(directory, new FakeGateway(), options));
        return wrong.getMessage();
    }

    @Test
    void doesNotStartWithoutASecretOutsideOfADemonstration() {
        assertTrue(refused(Map.of("hilum.ingest.demo", "false")).contains("patient-key-secret is not set"));
        assertTrue(refused(Map.of("hilum.ingest.patient-key-secret", "short")).contains("at least 32"));
    }

    @Test
    void doesNotStartWithOptionsThatCannotWork() {
        assertTrue(refused(Map.of("hilum.ingest.site", "../etc")).contains("hilum.ingest.site"));
        assertTrue(refused(Map.of("hilum.ingest.dicom.ae-title", "MUCH_TOO_LONG_TITLE")).contains("AE title"));
        assertEquals("HILUM", Configs.of(directory, Map.of()).dicom().aeTitle());
    }

    @Test
    void saysWhichPortCannotBeHad() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            java.io.IOException refused = assertThrows(java.io.IOException.class, () -> Nodes.start(directory,
                    new FakeGateway(), Map.of("hilum.ingest.dicom.port", Integer.toString(taken.getLocalPort()))));
            assertTrue(refused.getMessage().contains("Cannot listen for DICOM on port " + taken.getLocalPort()), refused.getMessage());
        }
        // What was opened before the failure is closed again: the same directory can be used at once.
        Nodes.start(directory, new FakeGateway(), Map.of()).close();
    }
}
