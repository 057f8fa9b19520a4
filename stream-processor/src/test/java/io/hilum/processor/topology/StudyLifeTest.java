package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.event.View;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.score.Scorer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study from its first image to its last revision. */
class StudyLifeTest {

    @TempDir
    Path stateDir;

    private final Scorer scorer = (image, urgent) -> image.getObjectUri().contains("broken")
            ? CompletableFuture.failedFuture(new IllegalArgumentException("the engine did not like it."))
            : CompletableFuture.completedFuture(FakeScorer.scoresOf(image));
    private TopologyHarness stream;

    @BeforeEach
    void start() {
        HarnessClock clock = new HarnessClock();
        stream = new TopologyHarness(TriageTopology.of(scorer,
                TestOptions.topology(8, Duration.ofSeconds(1), Duration.ofSeconds(30), 3),
                new SimpleMeterRegistry(), clock), stateDir, clock);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void noImageStaysWithoutARevisionOfItsStudy() {
        send(TestImages.image(1, 0));
        send(TestImages.image(1, 1));
        List<StudyFindings> revisions = stream.findings();
        assertEquals(List.of(1L, 2L), revisions.stream().map(StudyFindings::getRevision).toList());
        StudyFindings last = revisions.get(1);
        assertEquals(FindingsStatus.PRELIMINARY, last.getStatus());
        assertEquals(2, last.getImagesCount());
        assertEquals(List.of(TestImages.sop(1, 1)), last.getNewSopInstanceUidsList());
        double largest = Math.max(FakeScorer.probabilityOf(TestImages.sop(1, 0)), FakeScorer.probabilityOf(TestImages.sop(1, 1)));
        assertEquals(largest, last.getLines(0).getFindings(0).getProbability());
        assertEquals(Disclaimer.TEXT, last.getDisclaimer());
        assertEquals(1_000_000, last.getTimes().getFirstReceived());
        assertEquals(1_000_001, last.getTimes().getLastReceived());
        assertTrue(last.getImages(1).getTimes().getForwarded() > 0 && last.getImages(1).getTimes().getComputeUs() == 3);
    }

    @Test
    void anImageSentTwiceIsNotCountedTwice() {
        send(TestImages.image(1, 0));
        send(TestImages.image(1, 0));
        assertEquals(1, stream.findings().size());
        send(TestImages.image(1, 0).setObjectSha256(TestImages.sha256("other bytes")));
        assertEquals(2, stream.findings().get(0).getImagesCount());
    }

    @Test
    void aStudyIsNotFinalWhileImagesComeAndNotLeftOpenWhenNoneComes() {
        send(TestImages.image(1, 0));
        stream.pass(Duration.ofSeconds(20));
        send(TestImages.image(1, 1));
        stream.pass(Duration.ofSeconds(20));
        assertEquals(2, stream.findings().size());
        stream.pass(Duration.ofSeconds(11));
        StudyFindings last = only(stream.findings());
        assertEquals(FindingsStatus.FINAL, last.getStatus());
        assertEquals(3, last.getRevision());
        assertEquals("No further image for 30 s.", last.getStatusReason());
        assertEquals(List.of(), last.getNewSopInstanceUidsList());
        stream.pass(Duration.ofMinutes(30));
        assertEquals(List.of(), stream.findings());
    }

    @Test
    void noImageButTheFirstPaysForTheDeadline() {
        for (int image = 0; image < 5; image++) {
            send(TestImages.image(1, image));
        }
        String changelog = stream.driver.producedTopicNames().stream().filter(name -> name.endsWith("open-studies-changelog")).findFirst().orElseThrow();
        assertEquals(1, stream.driver.createOutputTopic(changelog, new StringDeserializer(), new ByteArrayDeserializer()).getQueueSize());
    }

    @Test
    void imagesThatKeepComingDoNotHoldAStudyOpenForEver() {
        for (int image = 0; image < 3; image++) {
            send(TestImages.image(1, image));
            stream.pass(Duration.ofSeconds(25));
        }
        assertEquals(FindingsStatus.FINAL, stream.findings().get(3).getStatus(), "60 s after the first image");
    }

    @Test
    void duplicatesDoNotHoldAStudyOpen() {
        send(TestImages.image(1, 0));
        stream.pass(Duration.ofSeconds(25));
        send(TestImages.image(1, 0));
        stream.pass(Duration.ofSeconds(6));
        assertEquals(FindingsStatus.FINAL, stream.findings().get(1).getStatus());
    }

    @Test
    void aLateImageAmendsAndNeverReopens() {
        send(TestImages.image(1, 0));
        stream.pass(Duration.ofSeconds(31));
        send(TestImages.image(1, 1));
        StudyFindings amended = stream.findings().get(2);
        assertEquals(FindingsStatus.AMENDED, amended.getStatus());
        assertEquals(3, amended.getRevision());
        stream.pass(Duration.ofMinutes(30));
        assertEquals(List.of(), stream.findings());
    }

    @Test
    void aWithdrawnStudyKeepsNoResultAndTakesNoImage() {
        send(TestImages.image(1, 0));
        withdraw();
        withdraw();
        StudyFindings withdrawn = stream.findings().get(1);
        assertEquals(FindingsStatus.WITHDRAWN, withdrawn.getStatus());
        assertEquals(2, withdrawn.getRevision());
        assertEquals(0, withdrawn.getImagesCount() + withdrawn.getLinesCount());
        assertEquals("Withdrawn by ris: wrong patient", withdrawn.getStatusReason());
        send(TestImages.image(1, 1));
        assertEquals("study-withdrawn", only(stream.deadLetters()).getCauseCode());
        stream.pass(Duration.ofMinutes(30));
        assertEquals(List.of(), stream.findings());
    }

    @Test
    void outOfScopeIsSaidAndNeverScored() {
        send(TestImages.image(1, 0).setView(View.LATERAL).setObjectUri("broken"));
        send(TestImages.image(2, 0).setAgeYears(17.9).setObjectUri("broken"));
        send(TestImages.image(3, 0).clearAgeYears());
        List<StudyFindings> studies = stream.findings();
        assertEquals(Scope.OUT_OF_SCOPE, studies.get(0).getImages(0).getScope());
        assertEquals("Lateral film: the models read frontal films only.", studies.get(0).getImages(0).getScopeReason());
        assertEquals(Scope.OUT_OF_SCOPE, studies.get(1).getImages(0).getScope());
        assertEquals(Priority.PRIORITY_NONE, studies.get(1).getPriority().getPriority());
        assertEquals(Scope.IN_SCOPE, studies.get(2).getImages(0).getScope());
        assertEquals(List.of(), stream.deadLetters());
    }

    @Test
    void whatCannotBeScoredIsSaidToReaderAndAdministratorAndScoredWhenItCan() {
        send(TestImages.image(1, 0).setObjectUri("broken"));
        StudyFindings unscored = only(stream.findings());
        assertEquals(Scope.NOT_SCORED, unscored.getImages(0).getScope());
        assertEquals("No image of the study could be scored.", unscored.getPriority().getRule());
        assertEquals("Image " + TestImages.sop(1, 0) + " was not scored: the engine did not like it.",
                only(stream.deadLetters()).getCause());
        send(TestImages.image(1, 0).setObjectUri("broken"));
        assertEquals(List.of(), stream.findings());
        send(TestImages.image(1, 0));
        StudyFindings scored = only(stream.findings());
        assertEquals(2, scored.getRevision());
        assertEquals(1, scored.getImagesCount());
        assertEquals(Scope.IN_SCOPE, scored.getImages(0).getScope());
    }

    @Test
    void aStudyOfHostileLengthDoesNotOutgrowARecord() {
        for (int image = 0; image < 4; image++) {
            send(TestImages.image(1, image));
        }
        assertEquals(3, stream.findings().size());
        assertEquals("too-many-images", only(stream.deadLetters()).getCauseCode());
    }

    private void send(ImageReceived.Builder image) {
        stream.images.pipeInput(image.getStudyUid(), image.build());
    }

    private void withdraw() {
        stream.images.pipeInput(TestImages.study(1), StudyWithdrawn.newBuilder()
                .setStudyUid(TestImages.study(1)).setBy("ris").setReason("wrong patient").build());
    }

    private static <T> T only(List<T> list) {
        assertEquals(1, list.size(), () -> "expected one: " + list);
        return list.get(0);
    }
}
