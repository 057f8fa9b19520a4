package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever replays dead letters can do that, and nothing besides: above all read no names. */
class OperatorRightsTest {

    private static final byte[] NOTHING = new byte[0];
    private static final Set<String> READS = new TreeSet<>(Set.of("hilum.dead-letters", "hilum.images", "hilum.images-stat"));
    private static final Set<String> WRITES = new TreeSet<>(Set.of("hilum.images", "hilum.images-stat"));

    @Test
    void readsAndSendsAgainWithoutSeeingNamesOrWritingFindings(@TempDir Path directory) throws Exception {
        KafkaUser user = Manifests.of(Kustomization.parse(Files.readString(Manifests.ROOT.resolve("operator/dead-letters-user.yaml"))))
                .all(KafkaUser.class).get(0);
        String name = user.getMetadata().getName();
        try (SecuredBroker broker = SecuredBroker.start(directory, List.of(user))) {
            try (Admin root = broker.root()) {
                new TopicAdmin(root, 1, (short) 1).createAndCheck();
            }
            try (var producer = new KafkaProducer<>(broker.clients("root"), new ByteArraySerializer(), new ByteArraySerializer())) {
                for (Topic topic : Topics.ALL) {
                    producer.send(new ProducerRecord<>(topic.name(), NOTHING, NOTHING)).get(20, TimeUnit.SECONDS);
                }
            }
            Set<String> readable = new TreeSet<>();
            Set<String> writable = new TreeSet<>();
            // As the command does it: no group, an idempotent producer.
            Map<String, Object> settings = broker.clients(name);
            try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (Topic topic : Topics.ALL) {
                    List<TopicPartition> partition = List.of(new TopicPartition(topic.name(), 0));
                    if (isAllowed(() -> readOne(consumer, partition))) {
                        readable.add(topic.name());
                    }
                    if (isAllowed(() -> producer.send(new ProducerRecord<>(topic.name(), NOTHING, NOTHING)).get(20, TimeUnit.SECONDS))) {
                        writable.add(topic.name());
                    }
                }
                assertDoesNotThrow(() -> consumer.partitionsFor(Topics.DEAD_LETTERS.name()));
                assertThrows(TopicAuthorizationException.class, () -> consumer.partitionsFor(Topics.STUDIES.name()));
            }
            assertEquals(READS, readable);
            assertEquals(WRITES, writable);
        }
    }

    @Test
    void isNoPartOfWhatEveryClusterGets() throws Exception {
        List<String> users = Manifests.of("cpu").all(KafkaUser.class).stream().map(user -> user.getMetadata().getName()).toList();
        assertEquals(List.of(), users.stream().filter(each -> each.contains("operator")).toList(), users::toString);
    }

    private static void readOne(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partition) {
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (consumer.poll(Duration.ofMillis(500)).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("neither a record of " + partition + " nor a refusal came");
            }
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static boolean isAllowed(Attempt attempt) throws Exception {
        try {
            attempt.run();
            return true;
        } catch (TopicAuthorizationException refused) {
            return false;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicAuthorizationException) {
                return false;
            }
            throw refused;
        }
    }
}
