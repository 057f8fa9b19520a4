package io.hilum.inference;

import static io.hilum.inference.DynamicBatcherTest.FOR_EVER;
import static io.hilum.inference.DynamicBatcherTest.options;
import static io.hilum.inference.DynamicBatcherTest.submit;
import static io.hilum.inference.FakeEngine.routine;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that behave badly and callers that are slow: the batcher goes on. */
@Timeout(30)
class BatcherFaultTest {

    @Test
    void diesOfNoInterruptThatAnEngineLeavesBehind() throws Exception {
        FakeEngine engine = FakeEngine.open("1").failing(batch -> Thread.currentThread().interrupt());
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(2, FOR_EVER, 64))) {
            for (int i = 0; i < 6; i += 2) {
                assertEquals(i + 1, submit(batcher, i, 2).get(1).get().logits()[0]);
            }
        }
    }

    @Test
    void diesOfNoInterruptThatADependentLeavesBehind() throws Exception {
        try (DynamicBatcher batcher = new DynamicBatcher(FakeEngine.open("1"), options(1, FOR_EVER, 64))) {
            for (int i = 0; i < 3; i++) {
                batcher.submit(routine(i)).thenRun(() -> Thread.currentThread().interrupt()).get();
            }
        }
    }

    @Test
    void losesNobodyWhenAResultIsMissing() throws Exception {
        InferenceEngine holed = new FakeEngineWrapper(FakeEngine.open("1"), results -> {
            List<InferenceResult> some = new ArrayList<>(results);
            some.replaceAll(result -> result.logits()[0] == 2 ? null : result);
            return some;
        });
        try (DynamicBatcher batcher = new DynamicBatcher(holed, options(4, FOR_EVER, 64))) {
            List<CompletableFuture<InferenceResult>> futures = submit(batcher, 0, 4);
            for (int i : new int[] {0, 1, 3}) {
                assertEquals(i, futures.get(i).get().logits()[0]);
            }
            ExecutionException failed = assertThrows(ExecutionException.class, futures.get(2)::get);
            assertTrue(failed.getCause().getMessage().contains("returned no result"), failed.getCause().getMessage());
        }
    }

    @Test
    void letsNoEngineStandIdleForDependents() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 64))) {
            CompletableFuture<Void> first = batcher.submit(routine(0)).thenRun(() -> engine.begun.acquireUninterruptibly(2));
            submit(batcher, 1, 1);
            first.get();
        }
    }

    @Test
    void heapsUpNoResultsForSlowDependents() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        CountDownLatch slow = new CountDownLatch(1);
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 64))) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(batcher.submit(routine(i)).thenRun(() -> waitFor(slow)));
            }
            Thread worker = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("hilum-batcher-0")).findFirst().orElseThrow();
            await().until(() -> engine.batches.size() == 2 && worker.getState() == Thread.State.WAITING);
            assertEquals(6, batcher.queued());
            slow.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        }
    }

    @Test
    void hangsNotWhenADependentSubmitsToAFullQueue() throws Exception {
        FakeEngine engine = FakeEngine.gated("1");
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 8))) {
            CompletableFuture<InferenceResult> first = batcher.submit(routine(0));
            engine.begun.acquire();
            submit(batcher, 1, 7);
            CountDownLatch full = new CountDownLatch(1);
            CompletableFuture<?> again = first.thenCompose(result -> {
                waitFor(full);
                return resubmit(batcher);
            });
            engine.letPass(1);
            engine.begun.acquire();
            submit(batcher, 8, 1);
            full.countDown();
            CompletionException refused = assertThrows(CompletionException.class, again::join);
            assertInstanceOf(IllegalStateException.class, refused.getCause());
            assertTrue(refused.getCause().getMessage().contains("another thread"), refused.getCause().getMessage());
            engine.letPass(100);
        }
    }

    @Test
    void hangsNotWhenADependentClosesItAndTheWorkerIsAhead() throws Exception {
        FakeEngine engine = FakeEngine.open("1");
        DynamicBatcher batcher = new DynamicBatcher(engine, options(1, Duration.ZERO, 64));
        CompletableFuture<Void> closed = batcher.submit(routine(0)).thenRun(() -> {
            engine.begun.acquireUninterruptibly(2);
            batcher.close();
        });
        List<CompletableFuture<InferenceResult>> rest = submit(batcher, 1, 4);
        closed.get();
        for (CompletableFuture<InferenceResult> each : rest) {
            await().until(each::isDone);
        }
    }

    private static CompletableFuture<InferenceResult> resubmit(DynamicBatcher batcher) {
        try {
            return batcher.submit(routine(99));
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
