package io.hilum.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker. */
class TopicAdminTest {

    private static final short ONE = 1;

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path directory) {
        broker = EmbeddedBroker.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void forgetAllTopics() throws Exception {
        admin.deleteTopics(admin.listTopics().names().get()).all().get(20, TimeUnit.SECONDS);
        Awaitility.await().until(() -> admin.listTopics().names().get().isEmpty());
    }

    @Test
    void refusesATopicThatIsNotAsDeclaredAtFirstInstall() throws Exception {
        new TopicAdmin(admin, 4, ONE).createAndCheck();
        assertEquals(Topics.ALL.stream().map(Topic::name).collect(Collectors.toSet()), admin.listTopics().names().get());
        new TopicAdmin(admin, 4, ONE).createAndCheck();

        var changed = assertThrows(IllegalStateException.class, () -> new TopicAdmin(admin, 12, ONE).createAndCheck());
        for (Topic topic : Topics.ALL) {
            assertEquals(topic.scaled(), changed.getMessage().contains("Topic " + topic.name() + " has 4 partitions, declared are 12"),
                    topic.name());
        }

        admin.deleteTopics(Set.of("hilum.drift")).all().get(20, TimeUnit.SECONDS);
        admin.createPartitions(Map.of("hilum.models", NewPartitions.increaseTo(2))).all().get(20, TimeUnit.SECONDS);
        set("hilum.studies", "cleanup.policy", "delete");
        set("hilum.labels", "retention.ms", "1000");
        set("hilum.findings", "retention.ms", "86400000");
        // The broker hears of changed settings a moment after the controller accepted them.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String wrong = assertThrows(IllegalStateException.class, () -> new TopicAdmin(admin, 4, ONE).createAndCheck())
                    .getMessage();
            assertTrue(wrong.contains("hilum.models has 2 partitions"), wrong);
            assertTrue(wrong.contains("hilum.studies has cleanup.policy delete"), wrong);
            assertTrue(wrong.contains("hilum.labels has retention.ms 1000"), wrong);
            assertEquals(3, wrong.lines().count(), wrong);
        });
        assertTrue(admin.listTopics().names().get().contains("hilum.drift"), "what is missing is created in any case");
    }

    @Test
    void letsServicesCreateTheTopicsAtTheSameTime() throws Exception {
        var threads = java.util.concurrent.Executors.newFixedThreadPool(3);
        try {
            List<java.util.concurrent.Callable<Void>> services = java.util.Collections.nCopies(3, () -> {
                new TopicAdmin(admin, 4, ONE).createAndCheck();
                return null;
            });
            for (var each : threads.invokeAll(services)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void set(String topic, String name, String value) throws Exception {
        var operation = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(operation)))
                .all().get(20, TimeUnit.SECONDS);
    }
}
