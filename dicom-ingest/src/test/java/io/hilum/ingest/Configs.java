package io.hilum.ingest;

import io.hilum.ingest.config.IngestConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configuration for tests without Quarkus. */
public final class Configs {

    private Configs() {}

    /** A demonstration node under this directory on a free DICOM port, one megabyte of low-water mark. */
    public static IngestConfig of(Path directory, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "hilum.ingest.data-dir", directory.toString(),
                "hilum.ingest.demo", "true",
                "hilum.ingest.dicom.host", "127.0.0.1",
                "hilum.ingest.dicom.port", "0",
                "hilum.ingest.low-water-mark", "1000000",
                "hilum.ingest.publish.first-backoff", "50ms"));
        values.putAll(more);
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withMapping(IngestConfig.class)
                .withConverter(java.time.Duration.class, 200, Configs::duration)
                .build().getConfigMapping(IngestConfig.class);
    }

    /** As Quarkus writes them: 50ms, 2s, 5m. */
    private static java.time.Duration duration(String text) {
        return text.endsWith("ms")
                ? java.time.Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : java.time.Duration.parse("PT" + text);
    }
}
