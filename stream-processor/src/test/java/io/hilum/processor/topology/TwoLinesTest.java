package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lines of different speed on one study. */
class TwoLinesTest {

    @TempDir
    Path stateDir;

    private boolean covidFails;
    private double chestProbability = 0.9;
    private TopologyHarness stream;

    @BeforeEach
    void start() {
        stream = new TopologyHarness(TriageTopology.of((image, urgent) -> score(image), TestOptions.topology(),
                new SimpleMeterRegistry(), MicroClock.SYSTEM), stateDir);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void noRevisionLeavesWithoutTheSlowerLine() {
        send();
        StudyFindings only = only(stream.findings());
        assertEquals(List.of("chest", "covid"), only.getLinesList().stream().map(line -> line.getModel().getLine()).toList());
        assertEquals(List.of("chest", "covid"), linesOf(only.getImages(0)));
        assertEquals(Scope.IN_SCOPE, only.getImages(0).getScope());
    }

    @Test
    void aFindingOfOneLineIsNotLostBecauseTheOtherFails() {
        covidFails = true;
        send();
        StudyFindings only = only(stream.findings());
        assertEquals(Priority.URGENT, only.getPriority().getPriority());
        assertEquals(Scope.NOT_SCORED, only.getImages(0).getScope());
        assertEquals(List.of("chest"), linesOf(only.getImages(0)));
        assertTrue(only.getImages(0).getScopeReason().contains("was not scored by the model line covid: it is odd."),
                only.getImages(0).getScopeReason());
        List<DeadLetter> letters = stream.deadLetters();
        assertEquals("inference-failed", letters.get(0).getCauseCode());
        assertEquals(1, letters.size());
    }

    @Test
    void aLineThatFailedNeverPassesForNothingFound() {
        covidFails = true;
        chestProbability = 0.1;
        send();
        assertEquals(Priority.PRIORITY_NONE, only(stream.findings()).getPriority().getPriority());
    }

    @Test
    void theSameImageScoredByBothAtLastTakesThePlaceOfTheHalfScoredOne() {
        covidFails = true;
        send();
        covidFails = false;
        send();
        List<StudyFindings> revisions = stream.findings();
        assertEquals(List.of(1L, 2L), revisions.stream().map(StudyFindings::getRevision).toList());
        StudyFindings last = revisions.get(1);
        assertEquals(List.of(Scope.IN_SCOPE), last.getImagesList().stream().map(ImageFindings::getScope).toList());
        assertEquals(2, last.getLinesCount());
    }

    private void send() {
        ImageReceived image = TestImages.image(1, 0).build();
        stream.images.pipeInput(image.getStudyUid(), image);
        stream.pass(Duration.ofMillis(50));
    }

    /** The slower line's part is there later, on another thread. */
    private CompletableFuture<Scores> score(ImageReceived image) {
        Scores chest = FakeScorer.scoresOf(image, model("chest"), chestProbability);
        Scores covid = FakeScorer.scoresOf(image, model("covid"), 0.1);
        List<Scores.Failure> failures = List.of(new Scores.Failure("covid", new IllegalArgumentException("it is odd.")));
        return CompletableFuture.supplyAsync(() -> covidFails
                        ? new Scores(chest.lines(), failures, chest.times())
                        : new Scores(List.of(chest.lines().get(0), covid.lines().get(0)), covid.times()),
                CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));
    }

    private static ModelIdentity model(String line) {
        return ModelIdentity.newBuilder().setLine(line).setVersion("1").setBundleSha256(TestImages.sha256(line)).setEngine("none").build();
    }

    private static List<String> linesOf(ImageFindings image) {
        return image.getLinesList().stream().map(LineScores::getLine).toList();
    }

    private static StudyFindings only(List<StudyFindings> revisions) {
        assertEquals(1, revisions.size());
        return revisions.get(0);
    }
}
