package io.hilum.inference.tensorrt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads on the engine of a fake GPU. */
@Timeout(60)
class LanePoolTest {

    private final FakeDevice device = new FakeDevice(Cards.CARD);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);

    @AfterEach
    void endThreads() {
        gate.release(1000);
        threads.shutdownNow();
    }

    @Test
    void mixesNoResultsOfSeveralThreads() throws Exception {
        try (TensorRtEngine engine = open(2)) {
            List<InferenceResult> expected = engine.infer(TensorRtEngineTest.requests(9, 3));
            Callable<List<InferenceResult>> work = () -> engine.infer(TensorRtEngineTest.requests(9, 3));
            for (Future<List<InferenceResult>> future : threads.invokeAll(Collections.nCopies(200, work))) {
                TensorRtEngineTest.assertSame(expected, future.get());
            }
            assertEquals(4, device.lanesMade.get());
        }
    }

    @Test
    void lendsNoLaneTwice() throws Exception {
        try (TensorRtEngine engine = open(2)) {
            AtomicInteger atOnce = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            device.mood = (run, lane) -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                begun.release();
                gate.acquireUninterruptibly();
                atOnce.decrementAndGet();
            };
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(threads.submit(() -> engine.infer(TensorRtEngineTest.requests(1, 0))));
            }
            begun.acquire(2);
            assertFalse(begun.tryAcquire());
            gate.release(6);
            for (Future<?> future : futures) {
                future.get();
            }
            assertEquals(2, most.get());
        }
    }

    @Test
    void lendsNoLaneWhoseRunFailed() {
        try (TensorRtEngine engine = open(1)) {
            int made = device.lanesMade.get();
            device.mood = failing();
            InferenceException failed = assertThrows(InferenceException.class, () -> engine.infer(TensorRtEngineTest.requests(2, 0)));
            assertEquals("an illegal memory access was encountered", failed.getMessage());
            assertEquals(1, device.openLanes.get());
            device.mood = (run, lane) -> {};
            // The fake lane refuses to run again after its failure, so this runs on a new one.
            assertEquals(2, engine.infer(TensorRtEngineTest.requests(2, 0)).size());
            assertEquals(made + 1, device.lanesMade.get());
        }
    }

    @Test
    void losesNoLaneToAFaultThatStays() {
        try (TensorRtEngine engine = open(1)) {
            device.mood = failing();
            for (int i = 0; i < 5; i++) {
                assertThrows(InferenceException.class, () -> engine.infer(TensorRtEngineTest.requests(2, 0)));
            }
            device.mood = (run, lane) -> {};
            assertEquals(2, engine.infer(TensorRtEngineTest.requests(2, 0)).size());
        }
        assertEquals(0, device.openLanes.get());
    }

    @Test
    void closesNoLaneThatComputes() throws Exception {
        TensorRtEngine engine = open(1);
        device.mood = (run, lane) -> {
            begun.release();
            gate.acquireUninterruptibly();
        };
        Future<List<InferenceResult>> running = threads.submit(() -> engine.infer(TensorRtEngineTest.requests(1, 0)));
        begun.acquire();
        Future<List<InferenceResult>> waiting = threads.submit(() -> engine.infer(TensorRtEngineTest.requests(1, 0)));
        CountDownLatch closing = new CountDownLatch(1);
        Future<?> closed = threads.submit(() -> {
            closing.countDown();
            engine.close();
        });
        closing.await();
        ExecutionException refused = assertThrows(ExecutionException.class, waiting::get);
        assertInstanceOf(IllegalStateException.class, refused.getCause());
        assertFalse(closed.isDone());
        assertEquals(2, device.openLanes.get());
        gate.release();
        assertEquals(1, running.get().size());
        closed.get();
        assertEquals(0, device.openLanes.get() + device.openPlans.get());
        assertThrows(IllegalStateException.class, () -> engine.infer(TensorRtEngineTest.requests(1, 0)));
    }

    @Test
    void keepsNobodyWaitingWhoIsToStop() throws Exception {
        try (TensorRtEngine engine = open(1)) {
            device.mood = (run, lane) -> {
                begun.release();
                gate.acquireUninterruptibly();
            };
            Future<?> running = threads.submit(() -> engine.infer(TensorRtEngineTest.requests(1, 0)));
            begun.acquire();
            List<Throwable> thrown = new ArrayList<>();
            Thread waiting = new Thread(() -> thrown.add(
                    assertThrows(InferenceException.class, () -> engine.infer(TensorRtEngineTest.requests(1, 0)))));
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.WAITING);
            waiting.interrupt();
            waiting.join();
            assertEquals("The thread was interrupted while it waited for a free lane of the GPU.", thrown.get(0).getMessage());
            gate.release();
            running.get();
        }
    }

    @Test
    void closesAllLanesWhateverOneOfThemThrows() {
        List<String> closed = new ArrayList<>();
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> Release.all(List.of(
                () -> fail(closed, "first"), () -> fail(closed, "second"), () -> closed.add("third"))));
        assertEquals(List.of("first", "second", "third"), closed);
        assertEquals("first", thrown.getMessage());
        assertTrue(thrown.getSuppressed()[0].getMessage().contains("second"));
    }

    private static void fail(List<String> closed, String name) {
        closed.add(name);
        throw new IllegalStateException(name);
    }

    private static BiConsumer<FakeDevice.Run, Lane> failing() {
        return (run, lane) -> {
            throw new InferenceException("an illegal memory access was encountered");
        };
    }

    private TensorRtEngine open(int lanes) {
        return TensorRtEngine.open(Cards.CARD, "ab", Path.of("."), Cards.choice(2, 8), Cards.MACHINE,
                new TensorRtOptions(lanes, List.of(1, 4, 8), 0, true), device);
    }
}
