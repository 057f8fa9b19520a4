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
 * @param pace of the engine, which decides how much is fetched ahead of it
 */
record StreamOptions(int threads, int commitMillis, int batch, Pace pace) {

    /** What the options' documentation says to take for such an engine. */
    enum Pace {
        /** Some images a second: the defaults, with which an urgent image waits for a few others only. */
        SLOW(512 << 10, 4),
        /** Hundreds or thousands a second. */
        FAST(4 << 20, 64);

        private final int fetchBytes;
        private final int pollRecords;

        Pace(int fetchBytes, int pollRecords) {
            this.fetchBytes = fetchBytes;
            this.pollRecords = pollRecords;
        }
    }

    StreamOptions {
        if (threads < 1 || commitMillis < 1 || batch < 1) {
            throw new IllegalArgumentException("threads, commit interval and batch must be at least 1.");
        }
    }

    StreamsOptions streams(String bootstrap, Path state) {
        return new StreamsOptions(Map.of("bootstrap.servers", bootstrap), "hilum-scoring", Optional.of("bench"), state, threads,
                Duration.ofMillis(commitMillis), Duration.ofMillis(Math.min(10, commitMillis - 1)), 32, pace.fetchBytes, pace.pollRecords, Duration.ofSeconds(60),
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(10), 1, 0);
    }

    TriageTopology.Settings topology() {
        return new TriageTopology.Settings(
                new ScoreSettings(Math.max(64, batch), Math.max(64, 4 * batch), 2 * batch, Duration.ofMillis(250),
                        Duration.ofMillis(commitMillis), Duration.ofSeconds(10),
                        Duration.ofSeconds(15), Duration.ofMillis(10)),
                new StudySettings(Duration.ofMinutes(9), Duration.ofMinutes(10), 100, Duration.ofDays(400), Set.of("Pneumothorax")),
                0.25);
    }
}
