package io.hilum.exporter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.EmbeddedBroker;
import io.hilum.exporter.ExportException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The desk's clients on a real broker, and instances that answer through its topics; each test has a line of its own. */
@Timeout(60)
class ReleaseOnBrokerTest {

    private static final ReleasePolicy ALL = new ReleasePolicy(1, Duration.ofSeconds(30));

    private static EmbeddedBroker broker;

    private String line;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = EmbeddedBroker.start(directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicAdmin(admin, 2, (short) 1).createAndCheck();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void aLineOfItsOwn(TestInfo test) {
        line = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void nothingServesBeforeTheInstancesHaveLoadedIt() throws Exception {
        release("1");
        try (AnsweringInstance a = instance("a", ModelState.LOADED); AnsweringInstance b = instance("b", ModelState.LOADED)) {
            assertEquals("2", release("2").getActive().getVersion());
            assertEquals(List.of(2L), a.answered());
            assertEquals(List.of(2L), b.answered());
        }
        assertEquals(List.of("1 + ", "1 + 2", "2 + "), written());
    }

    @Test
    void aRefusalLeavesWhatServesAndNothingStaged() throws Exception {
        release("1");
        try (AnsweringInstance a = instance("a", ModelState.LOADED); AnsweringInstance b = instance("b", ModelState.REFUSED)) {
            ReleaseStoppedException stopped = assertThrows(ReleaseStoppedException.class, () -> release("2"));
            assertTrue(stopped.getMessage().contains("b: as the test wants."), stopped.getMessage());
        }
        assertEquals(List.of("1 + ", "1 + 2", "1 + "), written());
    }

    @Test
    void whoWaitsForInstancesDoesNotWriteOverALaterCommand() throws Exception {
        release("1");
        CountDownLatch waits = new CountDownLatch(1);
        try (AnsweringInstance silent = instance("a", ModelState.UNREACHABLE)) {
            CompletableFuture<ModelRelease> earlier = CompletableFuture.supplyAsync(() -> {
                try {
                    return ReleaseClients.withDesk(broker.bootstrapServers(), line, "earlier",
                            news -> waits.countDown(), desk -> desk.release(bundle("2"), ALL));
                } catch (Exception stopped) {
                    throw new CompletionException(stopped);
                }
            });
            assertTrue(waits.await(30, TimeUnit.SECONDS), "it says whom it waits for");
            ReleaseClients.withDesk(broker.bootstrapServers(), line, "later", news -> { }, ReleaseDesk::abort);
            CompletionException stopped = assertThrows(CompletionException.class, earlier::join);
            assertInstanceOf(ReleaseStoppedException.class, stopped.getCause());
        }
        assertEquals(List.of("1 + ", "1 + 2", "1 + "), written());
    }

    @Test
    void aDeskThatAnotherOneOpenedAfterItWritesNothing() throws Exception {
        release("1");
        ExportException fenced = assertThrows(ExportException.class, () -> ReleaseClients.withDesk(
                broker.bootstrapServers(), line, "earlier", news -> { }, desk -> {
                    release("2");
                    return desk.stage(bundle("3"), false);
                }));
        assertTrue(fenced.getMessage().contains("another release of the line " + line + " began meanwhile"), fenced.getMessage());
        assertEquals(List.of("1 + ", "2 + "), written());
    }

    private ModelRelease release(String version) throws ExportException, IOException {
        return ReleaseClients.withDesk(broker.bootstrapServers(), line, "test", news -> { }, desk -> desk.release(bundle(version), ALL));
    }

    private AnsweringInstance instance(String name, ModelState answer) {
        return new AnsweringInstance(broker.bootstrapServers(), name, line, answer);
    }

    private static BundlePointer bundle(String version) {
        return BundlePointer.newBuilder().setUri("file:///none/" + version).setVersion(version).setSha256(version).build();
    }

    /** What is active and what staged, in the order of generations, which rise by one. */
    private List<String> written() throws Exception {
        // Whoever opens a desk waits for the last one's transaction to be there for all to see.
        ReleaseClients.withDesk(broker.bootstrapServers(), line, "reader", news -> { }, desk -> desk);
        List<ModelRelease> all = new ArrayList<>();
        try (KafkaConsumer<String, ModelRelease> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"), new StringDeserializer(),
                EventSerde.<ModelRelease>of(Topics.MODELS, Topics.MODEL_RELEASE).deserializer())) {
            TopicEnd.read(consumer, Topics.MODELS, record -> {
                if (line.equals(record.key())) {
                    all.add(record.value());
                }
            });
        }
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i + 1, all.get(i).getGeneration());
        }
        return all.stream().map(each -> each.getActive().getVersion() + " + " + each.getStaged().getVersion()).toList();
    }
}
