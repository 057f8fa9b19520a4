package io.hilum.processor;

import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.topology.TriageTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options as in service, with shorter times. */
public final class TestOptions {

    private TestOptions() {}

    public static StreamsOptions streams(String bootstrap, Path stateDir) {
        return streams(bootstrap, stateDir, 1);
    }

    public static StreamsOptions streams(String bootstrap, Path stateDir, int threads) {
        return new StreamsOptions(Map.of("bootstrap.servers", bootstrap), "hilum-scoring", Optional.of("one"), stateDir, threads,
                Duration.ofMillis(100), Duration.ofMillis(5), 32, 512 << 10, 4, Duration.ofSeconds(30), Duration.ofSeconds(6),
                Duration.ofSeconds(10), Duration.ofSeconds(5), 1, 0);
    }

    public static TriageTopology.Settings topology(int pendingBound, Duration drain, Duration idle, int maxImages) {
        return new TriageTopology.Settings(
                new ScoreSettings(pendingBound, 64, 16, Duration.ofMillis(250), Duration.ofMillis(100), drain, drain.multipliedBy(2), Duration.ofMillis(5)),
                new StudySettings(idle, idle.multipliedBy(2), maxImages, Duration.ofDays(400), Set.of("Pneumothorax")),
                0.25);
    }

    public static TriageTopology.Settings topology() {
        return topology(32, Duration.ofSeconds(5), Duration.ofSeconds(30), 20);
    }
}
