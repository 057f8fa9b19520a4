package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.ScoreProcessor;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Scores;
import io.hilum.processor.study.DefectiveMerge;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that cannot be merged costs neither the stream nor what is known of the study. */
class UnmergeableTest {

    private static final String STUDY = TestImages.study(1);
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HarnessClock clock = new HarnessClock();

    @Test
    void aDefectInMergingOneImageNeitherStopsTheStreamNorTearsItsStudy() {
        DefectiveMerge merge = new DefectiveMerge(TestImages.sop(1, 1));
        try (TopologyHarness stream = new TopologyHarness(topology(merge), stateDir, clock)) {
            send(stream, TestImages.image(1, 0));
            send(stream, TestImages.image(1, 1));
            send(stream, TestImages.image(1, 2));
            send(stream, TestImages.image(2, 0));

            DeadLetter letter = stream.deadLetters().get(0);
            assertEquals("merge-failed", letter.getCauseCode());
            assertEquals(TestImages.sop(1, 1), letter.getSopInstanceUid());
            assertEquals(1, letter.getOrigin().getOffset(), "the origin must be the image's own record");
            assertTrue(letter.getDetail().contains("/ by zero"), letter.getDetail());
            List<StudyFindings> found = stream.findings();
            assertEquals(List.of(1L, 2L, 1L), found.stream().map(StudyFindings::getRevision).toList());
            assertEquals(2, found.get(1).getImagesCount());

            merge.mend();
            send(stream, TestImages.image(1, 1));
            StudyFindings whole = stream.findings().get(0);
            assertEquals(3, whole.getRevision());
            assertEquals(3, whole.getImagesCount(), "the image sent again must find its place");
        }
        assertEquals(1, meters.counter("hilum.processor.dead.letters", "code", "merge-failed").count());
    }

    @Test
    void aFailedFirstImageLeavesNoDeadlineOfAStudyThatIsNotThere() {
        try (TopologyHarness stream = new TopologyHarness(topology(new DefectiveMerge(TestImages.sop(1, 0))), stateDir, clock)) {
            send(stream, TestImages.image(1, 0));
            stream.pass(LONG);
            assertEquals(List.of(), stream.findings());
            assertEquals(1, stream.deadLetters().size());
        }
    }

    @Test
    void aStudyThatCannotBecomeFinalIsNotTriedForEver() {
        DefectiveMerge merge = new DefectiveMerge(STUDY);
        try (TopologyHarness stream = new TopologyHarness(topology(merge), stateDir, clock)) {
            send(stream, TestImages.image(1, 0));
            send(stream, TestImages.image(2, 0));
            stream.pass(LONG);
            stream.pass(LONG);
            List<DeadLetter> letters = stream.deadLetters();
            assertEquals(List.of("merge-failed"), letters.stream().map(DeadLetter::getCauseCode).toList());
            assertEquals(STUDY, letters.get(0).getStudyUid());
            assertEquals("", letters.get(0).getOrigin().getTopic(), "no record is to blame, none is to be sent again");
            List<StudyFindings> found = stream.findings();
            assertEquals(FindingsStatus.FINAL, found.get(2).getStatus());
            assertEquals(TestImages.study(2), found.get(2).getStudyUid(), "one study's defect must not keep others open");
        }
    }

    @Test
    void aWithdrawalThatFailsIsKeptWhole() {
        StudyWithdrawn withdrawal = StudyWithdrawn.newBuilder().setStudyUid(STUDY).setReason("wrong patient").build();
        try (TopologyHarness stream = new TopologyHarness(topology(new DefectiveMerge(STUDY)), stateDir, clock)) {
            send(stream, TestImages.image(1, 0));
            stream.images.pipeInput(STUDY, withdrawal);
            DeadLetter letter = stream.deadLetters().get(0);
            assertEquals("merge-failed", letter.getCauseCode());
            assertEquals(withdrawal.toByteString(), letter.getRecordValue());
            assertEquals(withdrawal.getSerializedSize(), letter.getRecordBytes());
            assertEquals("hilum.v1.StudyWithdrawn", letter.getRecordSchema(), "or it would be read as an image");
        }
    }

    @Test
    void aRevisionThatOutgrowsARecordDoesNotEndTheStream() {
        Scorer lavish = (image, urgent) -> CompletableFuture.completedFuture(image.getSopInstanceUid().equals(TestImages.sop(1, 1))
                ? withMaps(FakeScorer.scoresOf(image), 9 << 20) : FakeScorer.scoresOf(image));
        try (TopologyHarness stream = new TopologyHarness(TriageTopology.of(
                lavish, TestOptions.topology(), meters, clock), stateDir, clock)) {
            send(stream, TestImages.image(1, 0));
            send(stream, TestImages.image(1, 1));
            send(stream, TestImages.image(1, 2));
            assertEquals(List.of("revision-too-large"), stream.deadLetters().stream().map(DeadLetter::getCauseCode).toList());
            assertEquals(List.of(1L, 2L), stream.findings().stream().map(StudyFindings::getRevision).toList());
        }
    }

    @Test
    void aMonstrousKeyMakesNoMonstrousLetter() {
        try (TopologyHarness stream = new TopologyHarness(topology(new DefectiveMerge()), stateDir, clock)) {
            stream.anything.pipeInput("k".repeat(7 << 20), new byte[] {1});
            assertTrue(stream.deadLetterRecords().get(0).key().length() < 2000, "the letter must itself fit into a record");
        }
    }

    private Topology topology(DefectiveMerge merge) {
        TriageTopology.Settings settings = TestOptions.topology();
        Scorer scorer = (image, urgent) -> CompletableFuture.completedFuture(FakeScorer.scoresOf(image));
        return TriageTopology.of(
                ScoreProcessor.supplier(scorer, settings.score(), new ScoreMeters(meters), clock,
                        StreamTracer.PASSING, TriageTopology.ASSEMBLE, TriageTopology.DEAD_LETTERS_SINK),
                merge.supplier(settings.study(), meters, clock, TriageTopology.FINDINGS_SINK, TriageTopology.DEAD_LETTERS_SINK),
                settings.routineShare());
    }

    private static Scores withMaps(Scores scores, int bytes) {
        Scores.Line line = scores.lines().get(0);
        LineScores.Builder lavish = line.scores().toBuilder()
                .addHeatMaps(HeatMap.newBuilder().setCells(ByteString.copyFrom(new byte[bytes])));
        return new Scores(List.of(new Scores.Line(lavish.build(), line.findings())), scores.times());
    }

    private static void send(TopologyHarness stream, ImageReceived.Builder image) {
        stream.images.pipeInput(image.getStudyUid(), image.build());
    }
}
