package io.hilum.exporter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.hilum.contracts.topic.Topics;
import io.hilum.exporter.ExportException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** The policy, without a broker and without a bundle: one line, a handful of instances. */
class ReleaseDeskTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final ReleasePolicy ALL = new ReleasePolicy(1, Duration.ofSeconds(10));
    private static final ReleasePolicy HALF = new ReleasePolicy(0.5, Duration.ofSeconds(10));

    private final MockProducer<String, ModelRelease> producer = TopicMocks.producer();
    private final List<String> told = new ArrayList<>();
    private final List<ModelStatus> later = new ArrayList<>();
    private MockConsumer<String, ModelRelease> releases;
    /** A second passes whenever somebody looks. */
    private Instant clock = NOW;

    @Test
    void aFirstInstallationWaitsForNobody() throws Exception {
        ModelRelease release = desk(none()).release(bundle("2"), ALL);
        assertEquals("2", release.getActive().getVersion());
        assertEquals(1, release.getGeneration());
        assertTrue(told.get(0).contains("goes straight to active"), told.toString());
    }

    @Test
    void anInstanceThatFellSilentIsNotWaitedFor() throws Exception {
        ModelStatus dead = serving("a").toBuilder().setAt(micros(NOW.minusSeconds(31))).build();
        ModelStatus ofAnOldVersion = serving("b").toBuilder().setRepeatedEveryMs(0).build();
        ModelStatus ofAnotherLine = serving("c").toBuilder().addServesOnly("bones").build();
        assertEquals("2", desk(served(), dead, ofAnOldVersion, ofAnotherLine).release(bundle("2"), ALL).getActive().getVersion());
        assertEquals(1, producer.history().size());
    }

    @Test
    void nothingIsActiveBeforeEveryInstanceHasLoadedIt() throws Exception {
        later.add(answer("a", 5, ModelState.LOADED, ""));
        later.add(answer("b", 4, ModelState.LOADED, "of an earlier generation: no answer"));
        later.add(answer("b", 5, ModelState.UNREACHABLE, "the store is down"));
        later.add(answer("b", 5, ModelState.LOADED, ""));
        ModelRelease release = desk(served(), serving("a"), serving("b")).release(bundle("2"), ALL);
        assertEquals(List.of("1+2", "2-1"), written());
        assertEquals(6, release.getGeneration());
        assertEquals(List.of("1 of 2 instances have loaded 2", "2 of 2 instances have loaded 2"), told);
    }

    @Test
    void aRefusalStopsTheReleaseAtOnceAndTheActiveOneStays() {
        later.add(answer("a", 5, ModelState.REFUSED, "its self-test fails."));
        ReleaseStoppedException stopped = assertThrows(ReleaseStoppedException.class,
                () -> desk(served(), serving("a"), serving("b")).release(bundle("2"), ALL));
        assertTrue(stopped.getMessage().contains("a: its self-test fails."), stopped.getMessage());
        assertTrue(stopped.getMessage().contains("1 stays active, and nothing is staged any more"), stopped.getMessage());
        assertEquals(List.of("1+2", "1"), written());
        assertTrue(clock.isBefore(NOW.plusSeconds(10)), "without waiting for the other");
    }

    @Test
    void aQuorumPutsUpWithARefusalAndSaysWhoServesTheFallback() throws Exception {
        later.add(answer("a", 5, ModelState.REFUSED, "no plan for its GPU."));
        later.add(answer("b", 5, ModelState.LOADED, ""));
        assertEquals("2", desk(served(), serving("a"), serving("b")).release(bundle("2"), HALF).getActive().getVersion());
        String last = told.get(told.size() - 1);
        assertTrue(last.contains("serve the fallback 1") && last.contains("a: no plan for its GPU."), last);
        assertEquals(List.of("1+2", "2-1"), written());
    }

    @Test
    void aQuorumThatCannotBeReachedAnyMoreIsNotWaitedFor() {
        later.add(answer("a", 5, ModelState.REFUSED, "bad."));
        later.add(answer("b", 5, ModelState.REFUSED, "bad."));
        assertThrows(ReleaseStoppedException.class,
                () -> desk(served(), serving("a"), serving("b"), serving("c")).release(bundle("2"), HALF));
        assertEquals(List.of("1+2", "1"), written());
    }

    @Test
    void aSilentInstanceDoesNotHoldUpAReleaseForEver() {
        later.add(answer("a", 5, ModelState.LOADED, ""));
        ReleaseStoppedException stopped = assertThrows(ReleaseStoppedException.class,
                () -> desk(served(), serving("a"), serving("b")).release(bundle("2"), ALL));
        assertTrue(stopped.getMessage().contains("No answer within 10 s from"), stopped.getMessage());
        assertFalse(clock.isBefore(NOW.plusSeconds(10)));
    }

    @Test
    void anInstanceThatJoinsInMidReleaseMustHaveLoadedItToo() throws Exception {
        later.add(serving("b"));
        later.add(answer("a", 5, ModelState.LOADED, ""));
        later.add(answer("b", 5, ModelState.LOADED, ""));
        desk(served(), serving("a")).release(bundle("2"), ALL);
        assertTrue(told.contains("1 of 2 instances have loaded 2"), told.toString());
    }

    @Test
    void aStagedBundleDoesNotServeUntilItIsPromoted() throws Exception {
        ModelRelease staged = desk(served(), serving("a")).stage(bundle("2"), true);
        assertTrue(staged.getShadow());
        assertEquals("1", staged.getActive().getVersion());
        later.add(answer("a", staged.getGeneration(), ModelState.LOADED, ""));
        ModelRelease promoted = desk(List.of(staged), serving("a")).promote(ALL);
        assertEquals("2", promoted.getActive().getVersion());
        assertFalse(promoted.getShadow() || promoted.hasStaged());
    }

    @Test
    void whatIsTakenBackIsNotStagedAnyMore() throws Exception {
        ModelRelease staged = desk(served(), serving("a")).stage(bundle("2"), false);
        ModelRelease aborted = desk(List.of(staged)).abort();
        assertFalse(aborted.hasStaged());
        assertEquals("1", aborted.getActive().getVersion());
        assertThrows(ExportException.class, () -> desk(List.of(aborted)).abort());
        assertThrows(ExportException.class, () -> desk(List.of(aborted)).promote(ALL));
    }

    @Test
    void aRollbackDoesNotKeepTheBadBundleAsFallback() throws Exception {
        ModelRelease bad = served().get(0).toBuilder().setActive(bundle("2")).setFallback(bundle("1")).setStaged(bundle("3")).build();
        ModelRelease back = desk(List.of(bad), serving("a")).rollBack();
        assertEquals("1", back.getActive().getVersion());
        assertFalse(back.hasFallback() || back.hasStaged());
        assertThrows(ExportException.class, () -> desk(List.of(back)).rollBack());
    }

    @Test
    void aLineThatIsRemovedLeavesNothingBehind() throws Exception {
        desk(served(), serving("a")).remove();
        assertEquals("chest", producer.history().get(0).key());
        assertNull(producer.history().get(0).value());
        assertThrows(ExportException.class, () -> desk(none()).remove(), "what is not there cannot be taken out");
    }

    @Test
    void aCommandThatComesBetweenStopsTheOneThatWaits() {
        ReleaseDesk desk = desk(served(), serving("a"));
        ModelRelease between = served().get(0).toBuilder().setGeneration(6).setDecidedBy("another").build();
        releases.schedulePollTask(() -> releases.addRecord(new ConsumerRecord<>(Topics.MODELS.name(), 0, 1, "chest", between)));
        ReleaseStoppedException stopped = assertThrows(ReleaseStoppedException.class, () -> desk.release(bundle("2"), ALL));
        assertTrue(stopped.getMessage().contains("decided by another"), stopped.getMessage());
        assertEquals(List.of("1+2"), written(), "and does not write over it");
    }

    @Test
    void noVersionThatOnlyADeadInstanceServedBecomesTheFallback() throws Exception {
        ModelStatus dead = serving("a").toBuilder().setAt(micros(NOW.minusSeconds(60))).build();
        ModelStatus refuses = serving("b").toBuilder().setState(ModelState.REFUSED).build();
        later.add(answer("b", 5, ModelState.LOADED, ""));
        assertFalse(desk(served(), dead, refuses).release(bundle("2"), ALL).hasFallback());
    }

    private ReleaseDesk desk(List<ModelRelease> released, ModelStatus... said) {
        releases = TopicMocks.releases(released.toArray(ModelRelease[]::new));
        MockConsumer<String, ModelStatus> statuses = TopicMocks.statuses(said);
        for (int i = 0; i < later.size(); i++) {
            TopicMocks.later(statuses, said.length + i, later.get(i));
        }
        MockProducer<String, ModelRelease> mine = producer.transactionInitialized() ? TopicMocks.producer() : producer;
        return new ReleaseDesk("chest", "test", mine, releases, statuses, () -> {
            clock = clock.plusMillis(500);
            return clock;
        }, told::add);
    }

    /** E.g. {@code 2-1} for active 2 with fallback 1, {@code 1+2} for active 1 with 2 staged. */
    private List<String> written() {
        return producer.history().stream().map(record -> record.value().getActive().getVersion()
                + (record.value().hasFallback() ? "-" + record.value().getFallback().getVersion() : "")
                + (record.value().hasStaged() ? "+" + record.value().getStaged().getVersion() : "")).toList();
    }

    private static List<ModelRelease> none() {
        return List.of();
    }

    private static List<ModelRelease> served() {
        return List.of(ModelRelease.newBuilder().setLine("chest").setGeneration(4).setActive(bundle("1")).build());
    }

    private static BundlePointer bundle(String version) {
        return BundlePointer.newBuilder().setUri("file:///" + version).setVersion(version).setSha256(version).build();
    }

    private static ModelStatus serving(String instance) {
        return answer(instance, 4, ModelState.SERVING, "").toBuilder().setVersion("1").setSlot(Slot.ACTIVE).build();
    }

    private static ModelStatus answer(String instance, long generation, ModelState state, String reason) {
        return ModelStatus.newBuilder().setInstance(instance).setLine("chest").setGeneration(generation).setVersion("2")
                .setSlot(Slot.STAGED).setState(state).setReason(reason).setAt(micros(NOW)).setRepeatedEveryMs(10_000).build();
    }

    private static long micros(Instant when) {
        return when.toEpochMilli() * 1000;
    }
}
