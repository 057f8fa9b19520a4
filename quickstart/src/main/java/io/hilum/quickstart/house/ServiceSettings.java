package io.hilum.quickstart.house;

import io.hilum.embedded.EmbeddedPostgres;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each service is told: where the others' meeting points are, and its own ports. */
final class ServiceSettings {

    /** One service's heap, its configuration, and what must not stand on a command line: other users see those. */
    record Service(int heapMegabytes, Map<String, String> properties, Map<String, String> environment) {}

    /** Fixed at first install; enough for one machine. */
    static final int PARTITIONS = 4;

    private final HouseOptions options;
    private final DataDirectory data;
    private final String bootstrap;
    private final String databaseUrl;

    ServiceSettings(HouseOptions options, DataDirectory data, String bootstrap, String databaseUrl) {
        this.options = options;
        this.data = data;
        this.bootstrap = bootstrap;
        this.databaseUrl = databaseUrl;
    }

    Service of(String name) {
        Map<String, String> properties = common();
        Map<String, String> environment = new LinkedHashMap<>();
        int heap;
        switch (name) {
            case House.INGEST -> {
                heap = 512;
                properties.put("quarkus.http.port", Integer.toString(options.ports().ingest()));
                properties.put("hilum.ingest.dicom.port", Integer.toString(options.ports().dicom()));
                properties.put("hilum.ingest.dicom.host", "127.0.0.1");
                properties.put("hilum.ingest.data-dir", data.folder("ingest").toString());
                properties.put("hilum.ingest.folder.path", data.folder("inbox").toString());
                environment.put("HILUM_INGEST_PATIENT_KEY_SECRET", DemoSecret.of(data));
            }
            case House.PROCESSOR -> {
                heap = 768;
                properties.put("quarkus.http.port", Integer.toString(options.ports().processor()));
                properties.put("hilum.processor.state-dir", data.folder("processor").toString());
                // One stable name: a restart takes its tasks back at once and does not wait for its own last session.
                properties.put("hilum.processor.instance-id", "quickstart");
                properties.put("hilum.processor.model.cache", data.folder("models").resolve("cache").toString());
            }
            case House.SINK -> {
                heap = 384;
                properties.put("hilum.sink.port", Integer.toString(options.ports().sink()));
                properties.put("hilum.sink.database.url", databaseUrl);
                properties.put("hilum.sink.database.user", EmbeddedPostgres.USER);
            }
            default -> throw new IllegalArgumentException("no such service: " + name);
        }
        properties.putAll(options.overrides().getOrDefault(name, Map.of()));
        return new Service(heap, properties, environment);
    }

    private Map<String, String> common() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("kafka.bootstrap.servers", bootstrap);
        properties.put("hilum.store.uri", data.folder("store").toUri().toString());
        properties.put("hilum.topics.partitions", Integer.toString(PARTITIONS));
        properties.put("hilum.topics.replication", "1");
        return properties;
    }
}
