package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import io.hilum.processor.score.StuckWorkException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state of the operator that scores: it fills, drains, fails, is suspended, revoked, closed dirty, and begins again. */
class OperatorLifeTest {

    private static final int BOUND = 4;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /** An engine that answers when the test says so. */
    private static final class ByHand implements Scorer {

        private final Map<String, CompletableFuture<Scores>> waiting = new LinkedHashMap<>();
        private final Map<String, ImageReceived> images = new LinkedHashMap<>();

        @Override
        public synchronized CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
            images.put(image.getSopInstanceUid(), image);
            return waiting.computeIfAbsent(image.getSopInstanceUid(), sop -> new CompletableFuture<>());
        }

        synchronized int taken() {
            return images.size();
        }

        synchronized CompletableFuture<Scores> of(int study, int image) {
            return waiting.get(TestImages.sop(study, image));
        }

        void answer(int study, int image) {
            of(study, image).complete(FakeScorer.scoresOf(images.get(TestImages.sop(study, image))));
        }

        synchronized void forget() {
            waiting.clear();
            images.clear();
        }
    }

    @TempDir
    Path stateDir;

    private final ByHand engine = new ByHand();
    private TaskHarness task;

    @AfterEach
    void stop() {
        task.close();
    }

    @Test
    void fillsUpToItsBoundAndTakesNoMoreUntilTheOldestIsDone() {
        begin(BOUND, DRAIN);
        take(1, BOUND + 1);
        IntStream.range(0, BOUND).forEach(i -> task.process());
        CompletableFuture<Void> next = CompletableFuture.runAsync(task::process);
        assertEquals(BOUND, engine.taken());
        assertFalse(next.isDone(), "the operator must wait: nothing of its bound is done");
        engine.answer(1, 0);
        Awaitility.await().until(next::isDone);
        assertEquals(BOUND + 1, engine.taken());
        assertEquals(List.of(TestImages.sop(1, 0)), newImages());
    }

    @Test
    void whatIsDoneLeavesWithoutANextRecord() {
        begin(BOUND, DRAIN);
        take(1, 1);
        task.process();
        engine.answer(1, 0);
        Awaitility.await().until(() -> {
            task.punctuate();
            return newImages().equals(List.of(TestImages.sop(1, 0)));
        });
    }

    @Test
    void whatIsDoneDoesNotWaitForTheCommitIntervalWhereNothingElseComes() {
        begin(BOUND, DRAIN);
        take(1, 2);
        task.process();
        task.process();
        engine.answer(1, 0);
        engine.answer(1, 1);
        // What is under way belongs to the thread that took it.
        Awaitility.await().pollInSameThread().until(() -> {
            task.punctuate();
            return task.wantsCommit();
        });
    }

    @Test
    void drainsInOrderBeforeOffsetsAreCollected() {
        begin(BOUND, DRAIN);
        take(1, 3);
        IntStream.range(0, 3).forEach(i -> task.process());
        CompletableFuture<Long> commit = CompletableFuture.supplyAsync(task::prepareCommit);
        engine.answer(1, 2);
        engine.answer(1, 1);
        assertFalse(commit.isDone(), "offsets of an image that has not left");
        engine.answer(1, 0);
        assertEquals(3, commit.join());
        assertEquals(List.of(TestImages.sop(1, 0), TestImages.sop(1, 1), TestImages.sop(1, 2)), newImages());
    }

    @Test
    void oneFailureInABatchTakesNoNeighbourWithIt() {
        begin(BOUND, DRAIN);
        take(1, 3);
        IntStream.range(0, 3).forEach(i -> task.process());
        engine.answer(1, 0);
        engine.of(1, 1).completeExceptionally(new IllegalStateException("cannot be computed"));
        engine.answer(1, 2);
        assertEquals(3, task.prepareCommit());
        List<StudyFindings> revisions = task.findings();
        assertEquals(List.of(Scope.IN_SCOPE, Scope.NOT_SCORED, Scope.IN_SCOPE),
                revisions.get(2).getImagesList().stream().map(image -> image.getScope()).toList());
    }

    @Test
    void aBrokenEngineCommitsNothingAndAClosedTaskWaitsForItNoLonger() {
        begin(BOUND, DRAIN);
        take(1, 2);
        task.process();
        task.process();
        engine.answer(1, 0);
        engine.of(1, 1).completeExceptionally(new ScoringBrokenException("device lost", null));
        assertThrows(StuckWorkException.class, task::prepareCommit);
        assertThrows(StuckWorkException.class, task::prepareCommit, "a second attempt must not commit either");
        task.closeDirty();
        assertEquals(List.of(), newImages());
    }

    @Test
    void aStuckEngineIsWaitedForOnceAndNotAgainWhileTheTaskIsClosed() {
        begin(BOUND, Duration.ofMillis(300));
        take(1, 1);
        task.process();
        assertThrows(StuckWorkException.class, task::prepareCommit);
        assertTimeoutPreemptively(Duration.ofMillis(250), task::closeDirty);
        assertTrue(engine.of(1, 0).isCancelled(), "a closed task takes its work from the engine");
    }

    @Test
    void partitionsThatAreTakenAwayTakeNoPendingImageWithThem() {
        begin(BOUND, DRAIN);
        take(1, 2);
        task.process();
        task.process();
        engine.answer(1, 0);
        engine.answer(1, 1);
        task.commit();
        task.suspend();
        task.closeClean();
        assertEquals(List.of(TestImages.sop(1, 0), TestImages.sop(1, 1)), newImages());
    }

    @Test
    void aTaskSuspendedWithPendingImagesCommitsNothing() {
        begin(BOUND, DRAIN);
        take(1, 1);
        task.process();
        task.suspend();
        assertTrue(engine.of(1, 0).isCancelled());
        assertThrows(StuckWorkException.class, task::prepareCommit);
        assertEquals(List.of(), newImages());
    }

    @Test
    void aSuspendedTaskThatComesBackGoesOnWithItsStudies() {
        begin(BOUND, DRAIN);
        take(1, 1);
        task.process();
        engine.answer(1, 0);
        task.commit();
        task.suspend();
        task.resumeAt(1);
        task.add(TestImages.image(1, 1).build());
        task.process();
        engine.answer(1, 1);
        assertEquals(2, task.prepareCommit());
        assertEquals(List.of(1L, 2L), task.findings().stream().map(StudyFindings::getRevision).toList());
    }

    @Test
    void aTaskClosedDirtyReadsItsImagesAgainAndLosesNone() {
        begin(BOUND, Duration.ofMillis(100));
        take(1, 2);
        task.process();
        task.process();
        engine.answer(1, 0);
        assertThrows(StuckWorkException.class, task::prepareCommit);
        task.closeDirty();
        assertEquals(List.of(), newImages(), "nothing of an attempt that failed may leave");
        engine.forget();
        task.reviveAt(0);
        take(1, 2);
        task.process();
        task.process();
        engine.answer(1, 0);
        engine.answer(1, 1);
        assertEquals(2, task.prepareCommit());
        assertEquals(List.of(TestImages.sop(1, 0), TestImages.sop(1, 1)), newImages());
    }

    private void begin(int bound, Duration drain) {
        task = new TaskHarness(TriageTopology.of(engine, TestOptions.topology(bound, drain, Duration.ofSeconds(30), 20),
                new SimpleMeterRegistry(), MicroClock.SYSTEM), stateDir);
    }

    private void take(int study, int images) {
        IntStream.range(0, images).forEach(image -> task.add(TestImages.image(study, image).build()));
    }

    private List<String> newImages() {
        return task.findings().stream().flatMap(revision -> revision.getNewSopInstanceUidsList().stream()).toList();
    }
}
