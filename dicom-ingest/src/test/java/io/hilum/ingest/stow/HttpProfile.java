package io.hilum.ingest.stow;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The whole service on free ports with no broker: exactly what must still take images. */
public class HttpProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path directory = Files.createTempDirectory("hilum-ingest-test");
            directory.toFile().deleteOnExit();
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "hilum.store.uri", directory.resolve("store").toUri().toString(),
                    "hilum.ingest.data-dir", directory.resolve("data").toString(),
                    "hilum.ingest.demo", "true",
                    "hilum.ingest.low-water-mark", "1000000",
                    "hilum.ingest.dicom.host", "127.0.0.1",
                    "hilum.ingest.dicom.port", "0",
                    "hilum.topics.partitions", "4",
                    "hilum.topics.replication", "1",
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
