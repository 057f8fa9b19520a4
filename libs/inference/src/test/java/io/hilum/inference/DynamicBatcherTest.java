package io.hilum.inference;

import static io.hilum.inference.FakeEngine.routine;
import static io.hilum.inference.FakeEngine.urgent;
import static io.hilum.inference.FakeEngine.value;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DynamicBatcherTest {

    static final Duration FOR_EVER = Duration.ofHours(1);

    @Test
    void mixesNoScoresWithinABatch() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(8, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 16);
            for (int i = 0; i < 16; i++) {
                InferenceResult result = futures.get(i).get();
                assertEquals(i, result.logits()[0]);
                assertEquals(8, result.times().batch());
                assertTrue(result.times().queueNanos() >= 0);
            }
        }
        assertEquals(2, engine.batches.size());
    }

    @Test
    void reordersNoRoutineImages() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(4, Duration.ZERO, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 1);
            engine.begun.acquire();
            futures.addAll(submit(batcher, 1, 12));
            engine.letPass(100);
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
        }
        List<Integer> seen = engine.batches.stream().flatMap(List::stream).toList();
        assertEquals(IntStream.range(0, 13).boxed().toList(), seen);
    }

    @Test
    void losesNobodyWhenOneImagePoisonsItsBatch() throws Exception {
        FakeEngine engine = FakeEngine.open("1").failing(batch -> {
            if (batch.stream().anyMatch(request -> value(request) == 5)) {
                throw new IllegalArgumentException("five");
            }
        });
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(8, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 8);
            for (int i = 0; i < 8; i++) {
                if (i == 5) {
                    ExecutionException failed = assertThrows(ExecutionException.class, futures.get(5)::get);
                    assertEquals(InferenceException.class, failed.getCause().getClass());
                    assertTrue(failed.getCause().getMessage().contains("five"));
                } else {
                    assertEquals(i, futures.get(i).get().logits()[0]);
                }
            }
        }
    }

    @Test
    void losesNobodyWhenTheEngineReturnsTooFewResults() throws Exception {
        InferenceEngine forgetful = new FakeEngineWrapper(FakeEngine.open("1"),
                results -> results.size() > 1 ? results.subList(1, results.size()) : results);
        try (DynamicBatcher batcher = new DynamicBatcher(forgetful, options(4, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 4);
            for (int i = 0; i < 4; i++) {
                assertEquals(i, futures.get(i).get().logits()[0]);
            }
        }
    }

    @Test
    void blamesNoNeighbourForAnErrorOfTheMachine() throws Exception {
        FakeEngine engine = FakeEngine.open("1").failing(batch -> {
            if (batch.stream().anyMatch(request -> value(request) == 0)) {
                throw new OutOfMemoryError("pretended");
            }
        });
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(2, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 4);
            assertThrows(ExecutionException.class, futures.get(0)::get);
            for (int i = 1; i < 4; i++) {
                assertEquals(i, futures.get(i).get().logits()[0]);
            }
        }
    }

    @Test
    void blamesNoImageForAnEngineThatIsBroken() throws Exception {
        for (Throwable fault : List.of(new IllegalStateException("device lost"), new UnsatisfiedLinkError("device lost"))) {
            AtomicBoolean broken = new AtomicBoolean(true);
            FakeEngine engine = FakeEngine.open("1").failing(batch -> {
                if (broken.get()) {
                    FakeEngine.raise(fault);
                }
            });
            try (DynamicBatcher batcher = new DynamicBatcher(engine, options(4, FOR_EVER, 64))) {
                for (CompletableFuture<InferenceResult> future : submit(batcher, 0, 4)) {
                    ExecutionException failed = assertThrows(ExecutionException.class, future::get);
                    assertInstanceOf(BrokenEngineException.class, failed.getCause());
                    assertTrue(failed.getCause().getMessage().contains("device lost"), failed.getCause().getMessage());
                }
                broken.set(false);
                assertEquals(7, submit(batcher, 4, 4).get(3).get().logits()[0], "the worker lives on");
            }
        }
    }

    @Test
    void blamesNoImageForAFailureThatDoesNotComeAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        FakeEngine engine = FakeEngine.open("1").failing(batch -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("one bad moment");
            }
        });
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, FOR_EVER, 64))) {
            assertEquals(3, submit(batcher, 3, 1).get(0).get().logits()[0]);
        }
    }

    @Test
    void letsUrgentImagesOvertake() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(4, Duration.ZERO, 64))) {
            submit(batcher, 0, 1);
            engine.begun.acquire();
            submit(batcher, 1, 8);
            CompletableFuture<InferenceResult> stat = batcher.submit(urgent(99));
            engine.letPass(2);
            stat.get();
            assertEquals(99, engine.batches.get(1).get(0));
            engine.letPass(100);
        }
    }

    @Test
    void letsNoUrgentImageWaitForCompany() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(8, FOR_EVER, 64))) {
            assertEquals(7, batcher.submit(urgent(7)).get().logits()[0]);
        }
    }

    @Test
    void starvesNoRoutineImageUnderAFloodOfUrgentOnes() throws Exception {
        for (int maxBatch : new int[] {1, 4}) {
            FakeEngine engine = FakeEngine.gated("1");
            try (DynamicBatcher batcher = new DynamicBatcher(engine, options(maxBatch, Duration.ZERO, 64))) {
                submit(batcher, 0, 1);
                engine.begun.acquire();
                List<CompletableFuture<InferenceResult>> all = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    all.add(batcher.submit(urgent(100)));
                }
                all.addAll(submit(batcher, 1, 4));
                engine.letPass(1000);
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
            }
            // A quarter of the slots: four routine images are through after sixteen slots, urgent ones still wait.
            List<Integer> order = engine.batches.stream().skip(1).flatMap(List::stream).toList();
            assertEquals(List.of(1, 2, 3, 4), order.subList(0, 16).stream().filter(value -> value != 100).toList());
        }
    }

    @Test
    void overfillsNoQueueByCount() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 8))) {
            submit(batcher, 0, 1);
            engine.begun.acquire();
            submit(batcher, 1, 7);
            CompletableFuture<CompletableFuture<InferenceResult>> blocked = submitElsewhere(batcher, routine(8));
            // The last eighth of the room is for urgent images.
            batcher.submit(urgent(9));
            assertEquals(8, batcher.queued());
            assertFalse(blocked.isDone());
            engine.letPass(100);
            assertEquals(8, blocked.get().get().logits()[0]);
        }
    }

    @Test
    void overfillsNoQueueByBytes() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        BatcherOptions options = new BatcherOptions(1, Duration.ZERO, 100, 8000, 0.25, 1);
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options)) {
            batcher.submit(routine(0));
            engine.begun.acquire();
            batcher.submit(InferenceRequest.scores(new byte[6000], false));
            CompletableFuture<CompletableFuture<InferenceResult>> blocked =
                    submitElsewhere(batcher, InferenceRequest.scores(new byte[6000], false));
            assertFalse(blocked.isDone());
            assertEquals(1, batcher.queued());
            assertThrows(IllegalArgumentException.class,
                    () -> batcher.submit(InferenceRequest.scores(new byte[9000], true)));
            engine.letPass(100);
            blocked.get().get();
        }
    }

    @Test
    void keepsNoRoomForCancelledImages() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 8))) {
            submit(batcher, 0, 1);
            engine.begun.acquire();
            List<CompletableFuture<InferenceResult>> waiting = submit(batcher, 1, 7);
            CompletableFuture<CompletableFuture<InferenceResult>> blocked = submitElsewhere(batcher, routine(8));
            waiting.get(3).cancel(false);
            CompletableFuture<InferenceResult> admitted = blocked.get();
            engine.letPass(100);
            assertEquals(8, admitted.get().logits()[0]);
        }
        assertTrue(engine.batches.stream().noneMatch(batch -> batch.contains(4)));
    }

    @Test
    void mixesNoVersionsWithinABatchWhenSwapped() throws Exception {
        FakeEngine old = FakeEngine.gated("1");
        FakeEngine fresh = FakeEngine.open("2");
        try (DynamicBatcher batcher = new DynamicBatcher(old, options(2, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 2);
            old.begun.acquire();
            CompletableFuture<InferenceEngine> handedBack = batcher.swap(fresh);
            assertEquals("2", batcher.engine().identity().version());
            futures.addAll(submit(batcher, 2, 2));
            assertFalse(handedBack.isDone(), "the old engine still computes");
            old.letPass(1);
            assertEquals(old, handedBack.get());
            assertEquals(List.of("1", "1", "2", "2"),
                    futures.stream().map(future -> future.join().engine().version()).toList());
        }
        assertEquals(1, old.batches.size());
    }

    @Test
    void leavesNoIdleEngineUnreturnedWhenSwapped() throws Exception {
        FakeEngine old = FakeEngine.open("1");
        try (DynamicBatcher batcher = new DynamicBatcher(old, options(2, FOR_EVER, 64))) {
            assertEquals(old, batcher.swap(FakeEngine.open("2")).get());
            assertThrows(IllegalArgumentException.class, () -> batcher.swap(batcher.engine()));
        }
    }

    @Test
    void leavesNoFutureOpenWhenClosed() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 8));
        List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 1);
        engine.begun.acquire();
        futures.addAll(submit(batcher, 1, 7));
        CompletableFuture<CompletableFuture<InferenceResult>> blocked = submitElsewhere(batcher, routine(8));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(batcher::close);
        for (CompletableFuture<InferenceResult> waiting : futures.subList(1, 8)) {
            await().until(waiting::isCancelled);
        }
        assertInstanceOf(IllegalStateException.class,
                assertThrows(CompletionException.class, blocked::join).getCause());
        assertFalse(closed.isDone(), "a batch is under way");
        engine.letPass(1);
        closed.get();
        assertEquals(0, futures.get(0).getNow(null).logits()[0]);
        assertThrows(IllegalStateException.class, () -> batcher.submit(routine(1)));
    }

    @Test
    void losesNoWaitingImageWhenFinished() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        DynamicBatcher batcher = new DynamicBatcher(engine, options(8, FOR_EVER, 64));
        List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 5);
        batcher.finish();
        assertTrue(futures.stream().allMatch(future -> future.getNow(null) != null));
        assertThrows(IllegalStateException.class, () -> batcher.submit(routine(1)));
    }

    @Test
    void hangsNotWhenADependentClosesIt() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 8));
        CompletableFuture<Void> closed = batcher.submit(routine(1)).thenRun(batcher::close);
        engine.letPass(1);
        closed.get();
    }

    static BatcherOptions options(int maxBatch, Duration maxDelay, int maxQueued) {
        return new BatcherOptions(maxBatch, maxDelay, maxQueued, 1 << 20, 0.25, 1);
    }

    static List<CompletableFuture<InferenceResult>> submit(DynamicBatcher batcher, int first, int count)
            throws InterruptedException {
        List<CompletableFuture<InferenceResult>> futures = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            futures.add(batcher.submit(routine(i)));
        }
        return futures;
    }

    /** Submits on a thread of its own and returns when that thread is blocked by back-pressure. */
    static CompletableFuture<CompletableFuture<InferenceResult>> submitElsewhere(
            DynamicBatcher batcher, InferenceRequest request) {
        CompletableFuture<CompletableFuture<InferenceResult>> submitted = new CompletableFuture<>();
        Thread submitting = new Thread(() -> {
            try {
                submitted.complete(batcher.submit(request));
            } catch (InterruptedException | RuntimeException refused) {
                submitted.completeExceptionally(refused);
            }
        }, "submitting");
        submitting.start();
        await().until(() -> submitting.getState() == Thread.State.WAITING);
        return submitted;
    }
}
