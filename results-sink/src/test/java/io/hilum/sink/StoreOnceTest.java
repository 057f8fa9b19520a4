package io.hilum.sink;

import static io.hilum.contracts.event.Priority.ROUTINE;
import static io.hilum.contracts.event.Priority.STAT;
import static io.hilum.contracts.event.Priority.URGENT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import io.hilum.sink.feed.FeedState;
import io.hilum.sink.feed.Feeds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real broker and a real PostgreSQL: what is published is a row, once. */
@QuarkusTest
@QuarkusTestResource(House.class)
class StoreOnceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGO = Duration.ofMinutes(3);

    @Inject
    DataSource database;

    @Inject
    Feeds feeds;

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
    void replayOfAllTopicsFromTheirStartChangesNothing() throws Exception {
        rebuildFromTheTopics();
        topical.publish(Samples.study("1.2.10", "Doe^Jane", "P10", AGO));
        topical.publish(Samples.findings("1.2.10", 1, URGENT, AGO, 0.2, 0.7, 0.1, 0.1, 0.1));
        topical.publish(Samples.findings("1.2.10", 2, STAT, AGO, 0.8, 0.7, 0.1, 0.1, 0.1));
        topical.publish(Samples.study("1.2.10", "Doe^Jane^Maria", "P10", AGO));
        topical.publish(refusal("replay.dcm"));
        topical.publish(ModelStatus.newBuilder().setInstance("node-1").setLine("demo").setGeneration(1)
                .setVersion("2026.1").setState(ModelState.LOADED).setAt(1).build());
        topical.publish(ModelStatus.newBuilder().setInstance("node-1").setLine("demo").setGeneration(1)
                .setVersion("2026.1").setState(ModelState.SERVING).setAt(2).build());
        topical.publishRaw(Topics.FINDINGS, "replay", "no protobuf at all".getBytes());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertEquals("2", study("1.2.10").at("/study/revision").asText());
            assertEquals("Doe, Jane Maria", study("1.2.10").at("/study/patient/displayName").asText());
            assertEquals(List.of("SERVING"), TestTables.texts(database, "select state from model_status where instance = 'node-1'"));
            assertEquals(1, TestTables.texts(database, "select topic from poison_record where convert_from(record_key, 'UTF8') = 'replay'").size());
            assertEquals(1, TestTables.texts(database, "select kind from dead_letter where sender = 'replay.dcm'").size());
        });

        feeds.stop();
        Map<String, List<String>> before = TestTables.content(database);
        List<String> positions = positions();
        TestTables.run(database, "delete from kafka_position");
        feeds.start();

        await().atMost(PATIENCE).until(() -> positions().equals(positions));
        assertEquals(before, TestTables.content(database));
    }

    @Test
    void olderRevisionThatArrivesLateNeverReplacesTheNewerOne() throws Exception {
        StudyFindings first = Samples.findings("1.2.20", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1);
        StudyFindings second = Samples.findings("1.2.20", 2, STAT, AGO, 0.9, 0.1, 0.1, 0.1, 0.1);
        topical.publish(second);
        topical.publish(first);
        topical.publish(second);

        await().atMost(PATIENCE).untilAsserted(() ->
                assertEquals(2, study("1.2.20").get("history").size()));
        JsonNode study = study("1.2.20");
        assertEquals("STAT", study.at("/study/priority").asText());
        assertEquals(2, study.at("/study/revision").asInt());
        assertEquals(0.9, study.at("/lines/0/findings/0/probability").asDouble());
        assertEquals(5, TestTables.texts(database, "select label from finding where study_uid = '1.2.20'").size());
    }

    @Test
    void modelExchangedInMidStudyLosesNoFindingOfEitherVersion() throws Exception {
        StudyFindings before = Samples.findings("1.2.25", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1);
        LineFindings after = Samples.findings("1.2.25", 1, STAT, AGO, 0.95, 0.1, 0.1, 0.1, 0.1).getLines(0);
        topical.publish(before.toBuilder().setRevision(2)
                .addLines(after.toBuilder().setModel(after.getModel().toBuilder().setVersion("newer"))).build());

        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.2.25").statusCode() == 200);
        JsonNode study = study("1.2.25");
        assertEquals(2, study.get("lines").size());
        assertEquals(0.1, study.at("/lines/0/findings/0/probability").asDouble());
        assertEquals("newer", study.at("/lines/1/version").asText());
        assertEquals(0.95, study.at("/lines/1/findings/0/probability").asDouble());
    }

    @Test
    void poisonRecordsAreKeptWithTheirReasonAndNeverStopTheFeed() throws Exception {
        StudyFindings good = Samples.findings("1.2.30", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1);
        topical.publishRaw(Topics.FINDINGS, "1.2.30", new byte[] {1, 2, 3});
        topical.publishRaw(Topics.FINDINGS, "1.2.30", null);
        // A label twice in one line breaks the table's key: PostgreSQL itself refuses it.
        topical.publish(good.toBuilder().setLines(0, good.getLines(0).toBuilder().addFindings(good.getLines(0).getFindings(0))).build());
        topical.publish(good.toBuilder().clearStudyUid().setRevision(2).build());
        topical.publish(good.toBuilder().setPriority(good.getPriority().toBuilder().setPriorityValue(77)).build());
        topical.publish(good);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertEquals("NO_FINDING", study("1.2.30").at("/study/outcome").asText());
            assertEquals(5, TestTables.texts(database,
                    "select reason from poison_record where convert_from(record_key, 'UTF8') in ('1.2.30', '')").size());
        });
        JsonNode refused = Client.json("/api/refused?kind=POISON");
        assertTrue(refused.get("total").asInt() >= 5);
        assertTrue(refused.findValuesAsText("cause").stream().anyMatch(cause -> cause.contains("Upgrade results-sink")));
    }

    @Test
    void databaseThatStopsAndComesBackLosesNothingAndNeedsNoHand() throws Exception {
        topical.publish(Samples.findings("1.2.40", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.2.40").statusCode() == 200);

        House.postgres().kill();
        for (int i = 41; i < 61; i++) {
            topical.publish(Samples.findings("1.2." + i, 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
        }
        await().atMost(PATIENCE).until(() -> Client.get("/api/worklist").statusCode() == 503
                && Client.get("/q/health/ready").statusCode() == 503);
        assertEquals(200, Client.get("/q/health/live").statusCode());

        House.postgres().restart();
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(20, TestTables.texts(database,
                "select study_uid from study where study_uid between '1.2.41' and '1.2.60' and length(study_uid) = 6").size()));
        await().atMost(PATIENCE).until(() -> Client.get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void brokerThatStopsLeavesTheListReadableAndFeedsGoOnByThemselves() throws Exception {
        topical.publish(Samples.findings("1.2.70", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.2.70").statusCode() == 200);

        House.stopBroker();
        await().atMost(PATIENCE).until(() -> !Client.json("/api/worklist").at("/feed/upToDate").asBoolean());
        assertEquals(200, Client.get("/q/health/ready").statusCode(), "readers keep the list that there is");
        assertEquals(200, Client.get("/q/health/live").statusCode());

        House.restartBroker();
        topical.publish(Samples.findings("1.2.71", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.2.71").statusCode() == 200);
        await().atMost(PATIENCE).until(() -> Client.json("/api/worklist").at("/feed/upToDate").asBoolean());
    }

    @Test
    void refusalPublishedTwiceIsOneRowAndTwoRefusalsAreTwo() throws Exception {
        DeadLetter once = refusal("knee.dcm");
        topical.publish(once);
        topical.publish(once);
        topical.publish(once.toBuilder().setAt(once.getAt() + 1).build());

        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(2, TestTables.texts(database,
                "select kind from dead_letter where sender = 'knee.dcm'").size()));
        JsonNode rows = Client.json("/api/refused?kind=REFUSED_AT_DOOR");
        assertTrue(rows.findValuesAsText("cause").contains("Body part KNEE is not a chest."));
        assertTrue(rows.hasNonNull("disclaimer"));
    }

    /** Other tests empty tables; what stands on the topics is the truth. */
    private void rebuildFromTheTopics() throws Exception {
        feeds.stop();
        TestTables.run(database, "truncate study, dead_letter, poison_record, model_status, change_log, kafka_position cascade");
        feeds.start();
        await().atMost(PATIENCE).until(() -> feeds.states().stream().allMatch(state -> state.phase() == FeedState.Phase.READING
                && state.lag() == 0 && state.heard().isAfter(Instant.now().minusSeconds(2))));
    }

    private static DeadLetter refusal(String sender) {
        return DeadLetter.newBuilder().setKind(DeadLetterKind.REFUSED_AT_DOOR).setCauseCode("not-chest").setSender(sender)
                .setCause("Body part KNEE is not a chest.").setAt(1_700_000_000_000_000L).build();
    }

    private List<String> positions() throws SQLException {
        return TestTables.texts(database, "select t::text from kafka_position t order by topic, partition_no");
    }

    /** An assertion, so that a study that is still on its way is waited for. */
    private static JsonNode study(String uid) {
        assertEquals(200, Client.get("/api/studies/" + uid).statusCode(), uid);
        return Client.json("/api/studies/" + uid);
    }
}
