package io.hilum.processor.broker;

import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** One broker for all tests of this JVM: starting one takes seconds. It ends with the JVM. */
public final class SharedBroker {

    public static final int PARTITIONS = 2;

    private static EmbeddedBroker broker;

    private SharedBroker() {}

    public static synchronized String bootstrap() {
        if (broker == null) {
            try {
                Path directory = Files.createTempDirectory("hilum-broker");
                EmbeddedBroker started = EmbeddedBroker.start(directory);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    started.close();
                    delete(directory);
                }));
                try (Admin admin = Admin.create(Map.of("bootstrap.servers", started.bootstrapServers()))) {
                    new TopicAdmin(admin, PARTITIONS, (short) 1).createAndCheck();
                }
                broker = started;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopping);
            }
        }
        return broker.bootstrapServers();
    }

    private static void delete(Path directory) {
        try (var all = Files.walk(directory)) {
            all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.err.println("left behind: " + directory);
        }
    }
}
