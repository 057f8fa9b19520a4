package io.hilum.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of instances and their models. */
@QuarkusTest
@QuarkusTestResource(House.class)
class ModelStatusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    private Topical topical;

    @BeforeEach
    void open() {
        Client.awaitReady();
        topical = new Topical();
    }

    @AfterEach
    void close() {
        topical.close();
    }

    @Test
    void whatIsStagedIsNotForgottenForWhatServes() throws Exception {
        ModelStatus staged = said("slots-1", Slot.STAGED, ModelState.LOADED, Instant.now());
        topical.publish(staged);
        topical.publish(said("slots-1", Slot.ACTIVE, ModelState.SERVING, Instant.now()));
        awaitShown("slots-1", "ACTIVE SERVING", "STAGED LOADED");
        topical.takeBack(staged);
        awaitShown("slots-1", "ACTIVE SERVING");
    }

    @Test
    void signsOfLifeDoNotWakeEveryPage() throws Exception {
        topical.publish(said("slots-2", Slot.ACTIVE, ModelState.SERVING, Instant.now().minusSeconds(20)));
        awaitShown("slots-2", "ACTIVE SERVING");
        List<String> before = changes();
        Instant heard = Instant.now();
        topical.publish(said("slots-2", Slot.ACTIVE, ModelState.SERVING, heard));
        await().atMost(PATIENCE).until(() -> TestTables.texts(database, "select 1 from model_status where instance = 'slots-2' and at > now() - interval '10 s'").size() == 1);
        assertEquals(before, changes());
        topical.publish(said("slots-2", Slot.ACTIVE, ModelState.REFUSED, heard));
        await().atMost(PATIENCE).until(() -> changes().size() == before.size() + 1);
    }

    @Test
    void anInstanceThatFellSilentIsNotShownAsServing() throws Exception {
        topical.publish(said("slots-3", Slot.ACTIVE, ModelState.SERVING, Instant.now().minusSeconds(40)));
        awaitShown("slots-3", "ACTIVE gone");
    }

    private List<String> changes() throws Exception {
        return TestTables.texts(database, "select data from change_log where data like '%status-test%'");
    }

    private void awaitShown(String instance, String... words) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(words), Client.json("/api/models").get("instances")
                .valueStream().filter(one -> one.get("instance").asText().equals(instance))
                .map(one -> one.get("slot").asText() + " " + (one.get("gone").asBoolean() ? "gone" : one.get("state").asText())).toList()));
    }

    private static ModelStatus said(String instance, Slot slot, ModelState state, Instant at) {
        return ModelStatus.newBuilder().setInstance(instance).setLine("status-test").setGeneration(1).setVersion("1").setSlot(slot)
                .setState(state).setAt(Samples.micros(at)).setRepeatedEveryMs(10_000).build();
    }
}
