package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests' rights on a real broker with a real authorizer: each service can do its work, and nothing besides. */
class AccessRightsTest {

    private static final byte[] NOTHING = new byte[0];

    private static SecuredBroker broker;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = SecuredBroker.start(directory, Manifests.of("cpu").all(KafkaUser.class));
        try (Admin root = broker.root()) {
            new TopicAdmin(root, 1, (short) 1).createAndCheck();
        }
        try (var producer = producer("root", Map.of())) {
            for (Topic topic : Topics.ALL) {
                producer.send(new ProducerRecord<>(topic.name(), NOTHING, NOTHING)).get(20, TimeUnit.SECONDS);
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    static Stream<String> users() throws Exception {
        return Manifests.of("cpu").all(KafkaUser.class).stream().map(user -> user.getMetadata().getName());
    }

    @ParameterizedTest
    @MethodSource("users")
    void letsTheServiceStartAndDoItsWorkAndNothingBesides(String user) {
        try (Admin admin = broker.admin(user)) {
            assertDoesNotThrow(() -> new TopicAdmin(admin, 1, (short) 1).createAndCheck(), "every service checks the topics at its start");
        }
        assertEquals(declared(user, Topic::writers), writable(user));
        assertEquals(declared(user, Topic::readers), readable(user));
    }

    @ParameterizedTest
    @MethodSource("users")
    void letsOnlyTheProcessorRunItsStreams(String user) {
        boolean processor = user.equals("stream-processor");
        try (var producer = producer(user, Map.of("transactional.id", "hilum-scoring-0", "max.block.ms", 20_000));
                Admin admin = broker.admin(user)) {
            var changelog = Set.of(new NewTopic("hilum-scoring-studies-changelog-" + user, 1, (short) 1));
            if (processor) {
                assertDoesNotThrow(producer::initTransactions);
                assertDoesNotThrow(() -> admin.createTopics(changelog).all().get(20, TimeUnit.SECONDS));
            } else {
                assertThrows(TransactionalIdAuthorizationException.class, producer::initTransactions);
                var refused = assertThrows(ExecutionException.class, () -> admin.createTopics(changelog).all().get(20, TimeUnit.SECONDS));
                assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
            }
        }
    }

    @Test
    void letsTheExporterReleaseInATransaction() {
        try (var producer = producer("exporter", Map.of("transactional.id", "hilum-releaser-eva-x-ti", "max.block.ms", 20_000))) {
            assertDoesNotThrow(producer::initTransactions);
        }
    }

    private static Set<String> declared(String user, Function<Topic, Set<String>> who) {
        return Topics.ALL.stream().filter(topic -> who.apply(topic).contains(user)).map(Topic::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> writable(String user) {
        Set<String> found = new TreeSet<>();
        try (var producer = producer(user, Map.of())) {
            for (Topic topic : Topics.ALL) {
                try {
                    producer.send(new ProducerRecord<>(topic.name(), NOTHING, NOTHING)).get(20, TimeUnit.SECONDS);
                    found.add(topic.name());
                } catch (ExecutionException refused) {
                    assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
                } catch (Exception unexpected) {
                    throw new AssertionError(user + " on " + topic.name(), unexpected);
                }
            }
        }
        return found;
    }

    private static Set<String> readable(String user) {
        Set<String> found = new TreeSet<>();
        try (var consumer = new KafkaConsumer<>(broker.clients(user), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : Topics.ALL) {
                consumer.assign(List.of(new TopicPartition(topic.name(), 0)));
                consumer.seekToBeginning(consumer.assignment());
                try {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                    while (!found.contains(topic.name()) && System.nanoTime() < end) {
                        if (!consumer.poll(Duration.ofMillis(500)).isEmpty()) {
                            found.add(topic.name());
                        }
                    }
                } catch (TopicAuthorizationException refused) {
                    // Not this user's to read.
                }
            }
        }
        return found;
    }

    private static KafkaProducer<byte[], byte[]> producer(String user, Map<String, Object> more) {
        Map<String, Object> settings = broker.clients(user);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
