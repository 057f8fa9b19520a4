package io.hilum.processor.swap;

import io.hilum.inference.BatcherOptions;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.release.KafkaStatusTopic;
import io.hilum.processor.model.release.Models;
import io.hilum.processor.model.release.ReleaseWatcher;
import io.hilum.processor.model.release.StatusBoard;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The stream with all that follows releases, in a JVM of its own, made to be killed: {@code SwapMain BOOTSTRAP DIRECTORY
 * INSTANCE REFUSES}; only the engine is pretended.
 */
public final class SwapMain {

    static final Duration STATUS_INTERVAL = Duration.ofMillis(500);

    private SwapMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        String instance = arguments[2];
        Map<String, String> clients = Map.of("bootstrap.servers", arguments[0]);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ModelHost host = new ModelHost(BatcherOptions.defaults(), serving -> { });
        StatusBoard status = new StatusBoard(instance, Set.of(), STATUS_INTERVAL, new KafkaStatusTopic(clients), MicroClock.SYSTEM::micros);
        ReleaseWatcher releases = Models.watcher(clients, Set.of(), directory.resolve("bundles"), host,
                (folder, sha256) -> PixelEngine.load(folder, sha256, instance, arguments[3]), status,
                new Shadows(BatcherOptions.defaults(), compared -> { }, new ShadowMeters(meters)));
        status.start();
        releases.start();
        releases.ready().get();
        KafkaStreams streams = new KafkaStreams(TriageTopology.of(new EngineScorer(host, 0, 1, new ScoreMeters(meters)),
                TestOptions.topology(32, Duration.ofSeconds(5), Duration.ofMinutes(10), 20), meters, MicroClock.SYSTEM),
                StreamsProperties.of(options(clients, directory, instance)));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        Thread.currentThread().join();
    }

    private static StreamsOptions options(Map<String, String> clients, Path directory, String instance) {
        StreamsOptions base = TestOptions.streams("", directory.resolve("state"));
        return new StreamsOptions(clients, base.applicationId(), Optional.of(instance), base.stateDir(), base.threads(),
                base.commitInterval(), base.poll(), base.bufferedRecords(), base.fetchBytes(), base.maxPollRecords(), base.maxPollInterval(),
                base.sessionTimeout(), base.transactionTimeout(), base.drainTimeout(), base.replication(), base.standbyReplicas());
    }
}
