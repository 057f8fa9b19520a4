package io.hilum.processor.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.junit.jupiter.api.Test;

class PendingQueueTest {

    private static final Outcome DONE = Outcome.of(DeadLetter.getDefaultInstance());

    private final PendingQueue queue = new PendingQueue(3, new EngineLoad(
            new ScoreSettings(3, 3, 3, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(1)), Waiting.SYSTEM));
    private final List<Long> left = new ArrayList<>();

    @Test
    void neverTurnsTheImagesOfAStudyRound() {
        Pending first = pending("a", 1);
        Pending second = pending("a", 2);
        second.outcome().complete(DONE);
        takeReady();
        assertEquals(List.of(), left);
        first.outcome().complete(DONE);
        takeReady();
        assertEquals(List.of(1L, 2L), left);
        assertTrue(queue.isEmpty());
    }

    @Test
    void aSlowImageHoldsUpNoOtherStudy() {
        pending("slow", 1);
        pending("other", 2).outcome().complete(DONE);
        takeReady();
        assertEquals(List.of(2L), left);
    }

    @Test
    void takesNoMoreThanItsBound() {
        pending("a", 1);
        pending("b", 2);
        assertTrue(!queue.isFull());
        pending("c", 3);
        assertTrue(queue.isFull());
    }

    @Test
    void aStuckImageEndsTheWaitAndNothingHasLeft() {
        pending("a", 1).outcome().complete(DONE);
        pending("b", 2);
        StuckWorkException stuck = assertThrows(StuckWorkException.class, queue::awaitAll);
        assertTrue(stuck.getMessage().startsWith("Inference did not finish 2 pending images: no image came back for 10 ms."), stuck.getMessage());
        assertEquals(2, queue.size());
    }

    @Test
    void givenUpWorkIsTakenFromTheEngineToo() {
        Pending work = pending("a", 1);
        queue.cancelAll();
        assertTrue(work.outcome().isCancelled());
        assertTrue(queue.isEmpty());
    }

    private Pending pending(String key, long offset) {
        Pending work = new Pending(key, new ProcessorRecordContext(0, offset, 0, "t", new RecordHeaders()), new CompletableFuture<>());
        queue.add(work);
        return work;
    }

    private void takeReady() {
        queue.takeReady(work -> left.add(work.origin().offset()));
    }
}
