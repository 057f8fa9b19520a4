package io.hilum.benchmarks.stream;

import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.topology.TriageTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of stream-processor, at their defaults but for these.
 *
 * @param batch images a batch
 */
record StreamOptions(int threads, int commitMillis, int batch) {

    StreamOptions {
        if (threads < 1 || commitMillis < 1 || batch < 1) {
            throw new IllegalArgumentException("threads, commit interval and batch must be at least 1.");
        }
    }

    StreamsOptions streams(String bootstrap, Path state) {
        return new StreamsOptions(Map.of("bootstrap.servers", bootstrap), "hilum-scoring", Optional.of("bench"), state, threads,
                Duration.ofMillis(commitMillis), Duration.ofMillis(Math.min(10, commitMillis - 1)), 32, 4, Duration.ofSeconds(60),
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(10), 1, 0);
    }

    TriageTopology.Settings topology() {
        return new TriageTopology.Settings(
                new ScoreSettings(Math.max(64, batch), Math.max(64, 4 * batch), 2 * batch, Duration.ofMillis(250), Duration.ofSeconds(10),
                        Duration.ofSeconds(15), Duration.ofMillis(10)),
                new StudySettings(Duration.ofMinutes(9), Duration.ofMinutes(10), 100, Duration.ofDays(400), Set.of("Pneumothorax")),
                0.25);
    }
}
