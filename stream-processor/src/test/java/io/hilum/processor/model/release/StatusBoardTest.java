package io.hilum.processor.model.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private static final ModelRelease RELEASE = ModelRelease.newBuilder().setLine("chest").setGeneration(3).build();
    private static final BundlePointer BUNDLE = BundlePointer.newBuilder().setVersion("1").setSha256("abc").build();

    /** As compaction leaves it. */
    private final Map<String, ModelStatus> topic = new HashMap<>();
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong micros = new AtomicLong(1_000);

    @Test
    void theWordOnOneSlotDoesNotWipeOutThatOnAnother() {
        try (StatusBoard board = board(Duration.ofHours(1))) {
            assertTrue(board.say(RELEASE, Slot.STAGED, BUNDLE, ModelState.LOADED, "cpu", ""));
            assertTrue(board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", ""));
            assertEquals(Set.of("node/chest/staged", "node/chest/active"), topic.keySet());
            ModelStatus staged = topic.get("node/chest/staged");
            assertEquals(List.of(3L, 3_600_000L, 1_000L), List.of(staged.getGeneration(), staged.getRepeatedEveryMs(), staged.getAt()));
            assertEquals(List.of("bones", "chest"), staged.getServesOnlyList());
        }
    }

    @Test
    void theSameWordIsNotNewsAndASignOfLifeIsNoOtherWord() {
        try (StatusBoard board = board(Duration.ofHours(1))) {
            board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", "");
            int before = records.get();
            assertFalse(board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", ""));
            assertEquals(before, records.get());
            micros.set(2_000);
            board.repeat();
            assertEquals(2_000, topic.get("node/chest/active").getAt());
            assertEquals(ModelState.SERVING, topic.get("node/chest/active").getState());
        }
    }

    @Test
    void anInstanceThatWasStoppedIsNotWaitedFor() {
        StatusBoard board = board(Duration.ofHours(1));
        board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", "");
        board.say(RELEASE, Slot.STAGED, BUNDLE, ModelState.LOADED, "cpu", "");
        board.close();
        board.repeat();
        board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.REFUSED, "", "late");
        assertEquals(Map.of(), topic);
    }

    @Test
    void whatAnEarlierLifeSaidIsNotTakenForThisOnesWord() {
        topic.put("node/chest", ModelStatus.newBuilder().setVersion("of a version before slots").build());
        topic.put("node/chest/staged", ModelStatus.newBuilder().setVersion("of a killed one").build());
        try (StatusBoard board = board(Duration.ofHours(1))) {
            board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", "");
            assertEquals(Set.of("node/chest/active"), topic.keySet());
        }
    }

    @Test
    void aLivingInstanceDoesNotFallSilent() {
        try (StatusBoard board = board(Duration.ofMillis(5))) {
            board.start();
            board.say(RELEASE, Slot.ACTIVE, BUNDLE, ModelState.SERVING, "cpu", "");
            int before = records.get();
            Awaitility.await().until(() -> records.get() > before + 2);
        }
    }

    private StatusBoard board(Duration interval) {
        return new StatusBoard("node", Set.of("chest", "bones"), interval, (key, status) -> {
            records.incrementAndGet();
            if (status == null) {
                topic.remove(key.text());
            } else {
                topic.put(key.text(), status);
            }
        }, micros::get);
    }
}
