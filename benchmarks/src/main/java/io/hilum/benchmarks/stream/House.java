package io.hilum.benchmarks.stream;

import com.google.protobuf.Message;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker of its own, with all topics and nothing on them; its folder goes with it. One thread. */
final class House implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final Path folder;
    private final BrokerProcess broker;

    private House(Path folder, BrokerProcess broker) {
        this.folder = folder;
        this.broker = broker;
    }

    static House open(Path work) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Path folder = Files.createTempDirectory(work, "house-");
        House house = new House(folder, BrokerProcess.start(folder.resolve("broker")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.bootstrap()))) {
            new TopicAdmin(admin, PARTITIONS, (short) 1).createAndCheck();
        }
        return house;
    }

    String bootstrap() {
        return broker.bootstrapServers();
    }

    Path state() {
        return folder.resolve("state");
    }

    Producer<String, Message> door() {
        return new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(), ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(), EventSerde.of(Topics.IMAGES).serializer());
    }

    /** Puts images on the topic and returns when the broker has them. */
    void fill(Films films, int count) throws IOException {
        try (Producer<String, Message> door = door()) {
            List<java.util.concurrent.Future<?>> sent = new java.util.ArrayList<>();
            for (int i = 0; i < count; i++) {
                ImageReceived image = films.event(i);
                sent.add(door.send(new ProducerRecord<>(Topics.IMAGES.name(), image.getStudyUid(), image)));
            }
            for (var each : sent) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("The broker did not take the images: " + failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
