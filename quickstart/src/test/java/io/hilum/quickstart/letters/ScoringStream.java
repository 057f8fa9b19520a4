package io.hilum.quickstart.letters;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.View;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.score.Scores;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.KafkaStreams;

/** stream-processor's own topology on a real broker, with a scorer that can be broken for an image and mended. */
final class ScoringStream implements AutoCloseable {

    private static final ModelIdentity MODEL = ModelIdentity.newBuilder().setLine("test").setVersion("1").build();

    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaStreams streams;

    ScoringStream(String bootstrap, Path state, Duration idle) {
        Duration drain = Duration.ofSeconds(5);
        TriageTopology.Settings settings = new TriageTopology.Settings(
                new ScoreSettings(16, 16, 16, Duration.ofMillis(250), Duration.ofMillis(100), drain, drain.multipliedBy(2), Duration.ofMillis(5)),
                new StudySettings(idle, idle.multipliedBy(10), 20, Duration.ofDays(400), Set.of()),
                0.25);
        StreamsOptions options = new StreamsOptions(Map.of("bootstrap.servers", bootstrap), "letters-test", Optional.of("one"),
                state, 1, Duration.ofMillis(100), Duration.ofMillis(5), 64, 1 << 20, 64, Duration.ofSeconds(30), Duration.ofSeconds(6),
                Duration.ofSeconds(10), drain, 1, 0);
        streams = new KafkaStreams(TriageTopology.of(this::score, settings, meters, MicroClock.SYSTEM), StreamsProperties.of(options));
        streams.start();
    }

    void breakFor(String sop) {
        broken.add(sop);
    }

    void mend() {
        broken.clear();
    }

    /** Images that their study had already. */
    double duplicates() {
        return meters.counter("hilum.processor.duplicates").count();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(20));
    }

    /** A frontal film; its canvas is bytes, not a picture. */
    static ImageReceived image(String study, int number) {
        String sop = study + "." + number;
        String digest = "%064x".formatted(sop.hashCode() & 0xffffffffL);
        return ImageReceived.newBuilder().setStudyUid(study).setSopInstanceUid(sop).setObjectSha256(digest)
                .setObjectUri("file:///objects/" + sop + ".dcm").setSite("north").setView(View.PA)
                .setCanvas(Canvas.newBuilder().setPng(ByteString.copyFromUtf8("pixels")).setPixelSha256(digest)
                        .setWidth(512).setHeight(600))
                .setTimes(DoorTimes.newBuilder().setReceived(1)).build();
    }

    private CompletableFuture<Scores> score(ImageReceived image, boolean urgent) {
        if (broken.contains(image.getSopInstanceUid())) {
            return CompletableFuture.failedFuture(new IllegalStateException("The engine gave no number for it."));
        }
        LineFindings findings = LineFindings.newBuilder().setModel(MODEL).addFindings(Finding.newBuilder().setLabel("Effusion")
                .setProbability(0.9).setOperatingPoint(0.5).setDecision(Decision.POSITIVE)
                .setSopInstanceUid(image.getSopInstanceUid())).build();
        LineScores scores = LineScores.newBuilder().setLine("test").setVersion("1").build();
        return CompletableFuture.completedFuture(new Scores(
                List.of(new Scores.Line(scores, findings)), new Scores.Times(1, 1, 1, 1, 1, 1)));
    }
}
