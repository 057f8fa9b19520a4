package io.hilum.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

    private static final String TOPIC = "letters";

    @Test
    void losesNoAcknowledgedRecordWhenKilledAndEndsWithItsStarter(@TempDir Path directory) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory)) {
            create(broker);
            send(broker, "first");
            assertEquals(List.of("first"), committed(broker, 1));
            long before = broker.pid();
            broker.kill();
            assertTrue(!broker.isAlive(), "a killed broker must be gone");
            broker.restart();
            assertTrue(before != broker.pid(), "a restarted broker is another process");
            send(broker, "second");
            assertEquals(List.of("first", "second"), committed(broker, 2));

            // What the broker sees of a starter that is killed: its input ends.
            broker.process().getOutputStream().close();
            assertTrue(broker.process().waitFor(30, TimeUnit.SECONDS), "a broker must not outlive its starter");
        }
    }

    @Test
    void saysWhyItDoesNotStartInsteadOfHanging(@TempDir Path directory) throws Exception {
        try (var occupied = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var failed = assertThrows(IllegalStateException.class,
                    () -> BrokerProcess.start(directory, occupied.getLocalPort()));
            assertTrue(failed.getMessage().contains(":" + occupied.getLocalPort()), failed.getMessage());
        }
    }

    private static void create(BrokerProcess broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    /** In a transaction, because that is how stream-processor writes. */
    private static void send(BrokerProcess broker, String value) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "sender");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", value));
            producer.commitTransaction();
        }
    }

    private static List<String> committed(BrokerProcess broker, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "isolation.level", "read_committed",
                "group.id", "readers" + count,
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var values = new java.util.ArrayList<String>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (values.size() < count && System.nanoTime() < end) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                records.records(new TopicPartition(TOPIC, 0)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
