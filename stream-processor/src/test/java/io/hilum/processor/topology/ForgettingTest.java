package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.TestOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study is remembered for, and for how long. */
class ForgettingTest {

    @TempDir
    Path stateDir;

    @Test
    void noRevisionRestartsWhileAConsumerMayLagAndNoStudyIsKeptForEver() {
        HarnessClock clock = new HarnessClock();
        try (TopologyHarness stream = new TopologyHarness(TriageTopology.of(
                (image, urgent) -> CompletableFuture.completedFuture(FakeScorer.scoresOf(image)),
                TestOptions.topology(), new SimpleMeterRegistry(), clock), stateDir, clock)) {
            for (int study = 1; study <= 450; study++) {
                send(stream, study, 0);
            }
            stream.pass(Duration.ofDays(1));
            assertEquals(900, stream.findings().size(), "each preliminary and final");
            stream.pass(Duration.ofDays(399));
            send(stream, 1, 1);
            assertEquals(List.of(3L), stream.findings().stream().map(StudyFindings::getRevision).toList());
            stream.pass(Duration.ofDays(2));
            for (int minute = 0; minute < 3; minute++) {
                stream.pass(Duration.ofMinutes(1));
            }
            assertEquals(List.of(TestImages.study(1)), remembered(stream), "the one with a late image");
            send(stream, 1, 2);
            assertEquals(List.of(4L), stream.findings().stream().map(StudyFindings::getRevision).toList());
        }
    }

    private static List<Object> remembered(TopologyHarness stream) {
        List<Object> studies = new ArrayList<>();
        try (KeyValueIterator<Object, Object> all = stream.driver.getKeyValueStore("studies").all()) {
            all.forEachRemaining(each -> studies.add(each.key));
        }
        return studies;
    }

    private static void send(TopologyHarness stream, int study, int number) {
        ImageReceived image = TestImages.image(study, number).build();
        stream.images.pipeInput(image.getStudyUid(), image);
    }
}
