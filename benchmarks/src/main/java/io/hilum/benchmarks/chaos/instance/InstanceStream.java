package io.hilum.benchmarks.chaos.instance;

import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.stream.KafkaBacklog;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.stream.ThreadDeaths;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.topology.TriageTopology;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The stream as in service, with short times, and with one guarantee taken out where that is asked for. */
final class InstanceStream {

    /** As in the service. */
    private static final int THREAD_DEATHS = 5;
    private static final Duration THREAD_DEATHS_WINDOW = Duration.ofMinutes(5);

    private InstanceStream() {}

    /** Not started yet. */
    static KafkaStreams of(InstanceSettings settings, Scorer scorer, MeterRegistry meters, KafkaBacklog backlog) {
        StreamsOptions options = options(settings);
        List<String> problems = options.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
        Properties properties = StreamsProperties.of(options);
        if (settings.guarantee() == Guarantee.WITHOUT_EXACTLY_ONCE) {
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        }
        KafkaStreams streams = new KafkaStreams(
                TriageTopology.of(scorer, topology(settings, options), meters, MicroClock.SYSTEM, backlog, StreamTracer.PASSING,
                        settings.guarantee() == Guarantee.WITHOUT_DRAIN ? Undrained::new : UnaryOperator.identity()),
                properties);
        streams.setUncaughtExceptionHandler(new ThreadDeaths(THREAD_DEATHS, THREAD_DEATHS_WINDOW, System::nanoTime, () -> { }));
        return streams;
    }

    private static StreamsOptions options(InstanceSettings settings) {
        return new StreamsOptions(Map.of("bootstrap.servers", settings.bootstrap()), InstanceSettings.APPLICATION, Optional.of(settings.id()),
                settings.stateDir(), 1, settings.commitInterval(), Duration.ofMillis(10), 32, 512 << 10, 4, Duration.ofSeconds(30),
                InstanceSettings.SESSION, InstanceSettings.TRANSACTION, InstanceSettings.DRAIN, settings.replication(), 0);
    }

    private static TriageTopology.Settings topology(InstanceSettings settings, StreamsOptions options) {
        return new TriageTopology.Settings(
                new ScoreSettings(64, 64, 16, Duration.ofMillis(250), options.commitInterval(), options.drainTimeout(),
                        options.commitLimit(), options.poll()),
                new StudySettings(settings.idle(), Duration.ofMinutes(10), 100, Duration.ofDays(400), Set.of("Pneumothorax")),
                0.25);
    }
}
