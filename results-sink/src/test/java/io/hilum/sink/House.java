package io.hilum.sink;

import io.hilum.embedded.EmbeddedBroker;
import io.hilum.embedded.EmbeddedPostgres;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.ObjectStores;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What the service lives on, for real: a broker, a PostgreSQL and an object store of this test run. */
public final class House implements QuarkusTestResourceLifecycleManager {

    private static Path directory;
    private static EmbeddedBroker broker;
    private static EmbeddedPostgres postgres;
    private static ObjectStore store;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("hilum-sink");
            broker = EmbeddedBroker.start(directory);
            postgres = EmbeddedPostgres.start(directory);
            store = ObjectStores.open(directory.resolve("objects").toUri());
            return Map.of(
                    "kafka.bootstrap.servers", broker.bootstrapServers(),
                    "hilum.topics.partitions", "4",
                    "hilum.topics.replication", "1",
                    "hilum.store.uri", directory.resolve("objects").toUri().toString(),
                    "hilum.sink.database.url", postgres.jdbcUrl("hilum"),
                    "hilum.sink.database.user", EmbeddedPostgres.USER,
                    "hilum.sink.feed.longest-retry", "1s",
                    "hilum.sink.feed.stale-after", "5s");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        store.close();
        postgres.close();
        broker.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    static String bootstrapServers() {
        return broker.bootstrapServers();
    }

    static void stopBroker() {
        broker.close();
    }

    static void restartBroker() {
        broker = EmbeddedBroker.start(directory, broker.port());
    }

    static EmbeddedPostgres postgres() {
        return postgres;
    }

    static ObjectStore store() {
        return store;
    }
}
