package io.hilum.processor.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.DeadLetter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.junit.jupiter.api.Test;

/** Twelve tasks of one stream thread on one engine, in a time of its own: hours pass in milliseconds. */
class EngineLoadTest {

    private static final Outcome DONE = Outcome.of(DeadLetter.getDefaultInstance());
    private static final ScoreSettings SETTINGS = new ScoreSettings(
            64, 64, 16, Duration.ofSeconds(4), Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMillis(10));

    /** What is let in before anything is known of the engine. */
    private static final int FIRST_BOUND = 16;

    /** Scores one image after another, each in the same time; nothing happens but while somebody waits. */
    private static final class SlowEngine implements Waiting {

        private final Deque<CompletableFuture<Outcome>> queue = new ArrayDeque<>();
        private long imageNanos;
        private long now;
        private long busySince;

        SlowEngine(long imageMillis) {
            imageNanos = TimeUnit.MILLISECONDS.toNanos(imageMillis);
        }

        CompletableFuture<Outcome> take() {
            if (queue.isEmpty()) {
                busySince = now;
            }
            CompletableFuture<Outcome> image = new CompletableFuture<>();
            queue.addLast(image);
            return image;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void await(CompletableFuture<?> work, long nanos) {
            long until = now + nanos;
            while (!work.isDone() && now < until) {
                long next = queue.isEmpty() ? Long.MAX_VALUE : busySince + imageNanos;
                now = Math.min(until, next);
                if (now == next) {
                    busySince = now;
                    queue.removeFirst().complete(DONE);
                }
            }
        }
    }

    private final List<Pending> left = new ArrayList<>();

    @Test
    void aSlowEngineWithABacklogIsNotTakenForAStuckOne() {
        SlowEngine engine = new SlowEngine(300);
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        long longestCommit = 0;
        long lastCommit = 0;
        for (int image = 0; image < 500; image++) {
            offer(engine, tasks.get(image % tasks.size()), image);
            if (engine.now - lastCommit >= TimeUnit.MILLISECONDS.toNanos(100)) {
                lastCommit = engine.now;
                commit(load, tasks);
                longestCommit = Math.max(longestCommit, engine.now - lastCommit);
                lastCommit = engine.now;
            }
        }
        commit(load, tasks);
        assertEquals(500, left.size());
        assertTrue(longestCommit < SETTINGS.commitLimit().toNanos(), "a commit took " + longestCommit + " ns");
    }

    @Test
    void aFullHouseIsDrainedWithinOneTransactionWhateverTheEnginesRate() {
        for (long millis : new long[] {1, 30, 300, 2_000, 8_000}) {
            SlowEngine engine = new SlowEngine(millis);
            EngineLoad load = new EngineLoad(SETTINGS, engine);
            List<PendingQueue> tasks = tasks(load);
            offer(engine, tasks.get(0), 0);
            commit(load, tasks);
            for (int image = 1; image < 200; image++) {
                offer(engine, tasks.get(image % tasks.size()), image);
            }
            long began = engine.now;
            commit(load, tasks);
            assertTrue(engine.now - began < SETTINGS.commitLimit().toNanos(), millis + " ms an image");
        }
    }

    @Test
    void anEngineThatGivesNothingBackIsNoticed() {
        SlowEngine engine = new SlowEngine(TimeUnit.HOURS.toMillis(1));
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        offer(engine, tasks.get(0), 0);
        StuckWorkException stuck = assertThrows(StuckWorkException.class, () -> commit(load, tasks));
        assertTrue(stuck.getMessage().contains("no image came back for 10000 ms"), stuck.getMessage());
    }

    @Test
    void anEngineThatSlowsDownAllAtOnceGetsFewerImagesAndNotTheSameForEver() {
        SlowEngine engine = new SlowEngine(10);
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        IntStream.range(0, 100).forEach(image -> offer(engine, tasks.get(image % tasks.size()), image));
        commit(load, tasks);
        assertEquals(64, load.bound());
        engine.imageNanos = TimeUnit.SECONDS.toNanos(1);
        int attempts = 0;
        for (boolean through = false; !through; attempts++) {
            assertTrue(attempts < 4, "the stream makes no headway");
            try {
                IntStream.range(0, 64).forEach(image -> offer(engine, tasks.get(image % tasks.size()), image));
                commit(load, tasks);
                through = true;
            } catch (StuckWorkException slow) {
                tasks.forEach(PendingQueue::cancelAll);
                engine.queue.clear();
            }
        }
    }

    @Test
    void aThreadWhoseCommitIsDueDoesNotWaitForRoomThatAnotherCanUse() {
        SlowEngine engine = new SlowEngine(300);
        List<PendingQueue> tasks = tasks(new EngineLoad(SETTINGS, engine));
        IntStream.range(0, FIRST_BOUND - 1).forEach(image -> offer(engine, tasks.get(0), image));
        assertEquals(0, engine.now);
        offer(engine, tasks.get(0), FIRST_BOUND);
        assertEquals(SETTINGS.commitInterval().toNanos(), engine.now, "it waits, and no longer than until its commit");
    }

    @Test
    void oneThreadDoesNotTakeTheRoomOfAnother() throws InterruptedException {
        SlowEngine engine = new SlowEngine(300);
        List<PendingQueue> tasks = tasks(new EngineLoad(SETTINGS, engine));
        Thread other = new Thread(() -> offer(engine, tasks.get(1), 0));
        other.start();
        other.join();
        IntStream.range(1, FIRST_BOUND / 2).forEach(image -> offer(engine, tasks.get(0), image));
        assertEquals(0, engine.now);
        offer(engine, tasks.get(0), FIRST_BOUND);
        assertTrue(engine.now > 0, "the other thread's half is taken");
    }

    @Test
    void findingsDoNotWaitForTheDrainBesideTheInterval() {
        SlowEngine engine = new SlowEngine(40);
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        offer(engine, tasks.get(0), 0);
        offer(engine, tasks.get(1), 1);
        commit(load, tasks);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(80), engine.now);
        assertTrue(load.commitIsCheap(), "there is nothing to wait for");
        offer(engine, tasks.get(0), 2);
        assertFalse(load.commitIsCheap() || load.commitIsDue(), "an image was taken a moment ago");
        engine.now += SETTINGS.commitInterval().toNanos() / 2;
        assertTrue(load.commitIsDue(), "the first task began to drain more than an interval ago");
    }

    @Test
    void aBacklogIsNotCommittedMoreOftenThanTheIntervalSays() {
        SlowEngine engine = new SlowEngine(300);
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        offer(engine, tasks.get(0), 0);
        commit(load, tasks);
        IntStream.range(0, FIRST_BOUND / 2).forEach(image -> offer(engine, tasks.get(0), image));
        engine.now += SETTINGS.commitInterval().toNanos();
        assertTrue(load.commitIsDue(), "few images");
        offer(engine, tasks.get(0), FIRST_BOUND);
        assertFalse(load.commitIsDue(), "more than half of what may be under way");
    }

    @Test
    void noCommitIsAddedToThoseOfAFastEngine() {
        SlowEngine engine = new SlowEngine(1);
        EngineLoad load = new EngineLoad(SETTINGS, engine);
        List<PendingQueue> tasks = tasks(load);
        offer(engine, tasks.get(0), 0);
        commit(load, tasks);
        offer(engine, tasks.get(0), 1);
        engine.now += 2 * SETTINGS.commitInterval().toNanos();
        assertFalse(load.commitIsDue());
    }

    private static List<PendingQueue> tasks(EngineLoad load) {
        return IntStream.range(0, 12).mapToObj(i -> new PendingQueue(SETTINGS.pendingBound(), load)).toList();
    }

    private void offer(SlowEngine engine, PendingQueue task, int image) {
        task.makeRoom(left::add);
        task.add(new Pending("study " + image, new ProcessorRecordContext(0, image, 0, "t", new RecordHeaders()), engine.take()));
        task.linger();
        task.takeReady(left::add);
    }

    /** As Kafka Streams commits: the tasks of a thread one after another. */
    private void commit(EngineLoad load, List<PendingQueue> tasks) {
        for (PendingQueue task : tasks) {
            load.commits();
            if (!task.isEmpty()) {
                task.awaitAll();
                task.takeReady(left::add);
            }
        }
    }
}
