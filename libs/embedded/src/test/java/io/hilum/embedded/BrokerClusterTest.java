package io.hilum.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerClusterTest {

    private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

    @Test
    void losesNoAcknowledgedRecordWithOneOfItsBrokers(@TempDir Path directory) throws Exception {
        try (BrokerCluster cluster = BrokerCluster.start(directory, 3)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                admin.createTopics(Set.of(new NewTopic(LETTERS.topic(), 1, (short) 3))).all().get(30, TimeUnit.SECONDS);
            }
            int leader = leader(cluster);
            send(cluster, "before");
            cluster.awaitInSync(Duration.ofSeconds(60));
            cluster.kill(leader);
            assertFalse(cluster.isAlive(leader), "a killed broker must be gone");
            send(cluster, "without");
            assertEquals(List.of("before", "without"), committed(cluster, 2));
            cluster.restart(leader);
            assertTrue(cluster.isAlive(leader));
            cluster.awaitInSync(Duration.ofSeconds(60));
            assertEquals(List.of("before", "without"), committed(cluster, 2));
            assertNotEquals(leader, leader(cluster), "another one took its place");
            assertEquals(Optional.empty(), cluster.electPreferredLeaders());
            Awaitility.await().until(() -> leader(cluster) == leader);
        }
    }

    /** From 0. */
    private static int leader(BrokerCluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            return admin.describeTopics(Set.of(LETTERS.topic())).allTopicNames().get(30, TimeUnit.SECONDS)
                    .get(LETTERS.topic()).partitions().get(0).leader().id() - 1;
        }
    }

    /** In a transaction, because that is how stream-processor writes. */
    private static void send(BrokerCluster cluster, String value) {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "sender");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(LETTERS.topic(), "key", value));
            producer.commitTransaction();
        }
    }

    private static List<String> committed(BrokerCluster cluster, int count) {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(LETTERS));
            consumer.seekToBeginning(List.of(LETTERS));
            List<String> values = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
