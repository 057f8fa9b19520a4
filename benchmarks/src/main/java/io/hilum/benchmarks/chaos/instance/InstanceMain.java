package io.hilum.benchmarks.chaos.instance;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.EngineLoader;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.release.KafkaStatusTopic;
import io.hilum.processor.model.release.Models;
import io.hilum.processor.model.release.ReleaseWatcher;
import io.hilum.processor.model.release.StatusBoard;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.stream.KafkaBacklog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/**
 * An instance of the stream, made to be killed: {@code InstanceMain SETTINGS}.
 *
 * <p>Starts and stops in the service's order. Says on standard output {@code SERVES VERSION} for each model and
 * {@code STATE STATE} for each state of the stream; reads from standard input {@code off MILLIS} (the engine fails at
 * its next call, which it answers with {@code FAILED}, and for that long after) and {@code leave} (stop, and leave the group); its end, too, stops it, so that it never outlives its harness.
 * SIGTERM stops it as it stops the service. Where the stream gives up, so that liveness would go down, it ends with
 * status 3: whoever runs it starts it anew.
 */
public final class InstanceMain {

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int GAVE_UP = 3;
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long IMAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Standard output is for the harness alone. */
    private static final PrintStream ANSWER = System.out;
    private static final EngineSwitch POWER = new EngineSwitch(ANSWER);
    private static volatile CloseOptions closing = CloseOptions.timeout(STOP);

    private InstanceMain() {}

    public static void main(String[] arguments) throws Exception {
        InstanceSettings settings = InstanceSettings.read(Path.of(arguments[0]));
        System.setOut(System.err);
        Map<String, String> clients = Map.of("bootstrap.servers", settings.bootstrap());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        BatcherOptions batches = new BatcherOptions(8, Duration.ofMillis(2), 512, 64L << 20, 0.25, 1);
        ModelHost host = new ModelHost(batches, engines -> engines.forEach(engine -> ANSWER.println("SERVES " + engine.version())));
        KafkaStatusTopic topic = new KafkaStatusTopic(clients);
        StatusBoard status = new StatusBoard(settings.id(), Set.of(settings.line()), Duration.ofSeconds(10), topic, MicroClock.SYSTEM::micros);
        EngineScorer scorer = new EngineScorer(host, settings.bundle() ? 3 : 0, 2, new ScoreMeters(meters));
        ReleaseWatcher releases = Models.watcher(clients, Set.of(settings.line()), settings.stateDir().resolve("bundles"),
                host, loader(settings), status, new Shadows(batches, comparison -> { }, new ShadowMeters(meters)));
        KafkaBacklog backlog = KafkaBacklog.of(clients, InstanceSettings.APPLICATION);
        KafkaStreams streams = InstanceStream.of(settings, scorer, meters, backlog);
        streams.setStateListener((now, before) -> {
            ANSWER.println("STATE " + now);
            if (now == KafkaStreams.State.ERROR) {
                new Thread(() -> System.exit(GAVE_UP), "gave-up").start();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            // Commits what is pending; the engine must still be there for that.
            streams.close(closing);
            closeAll(backlog, scorer, releases, host, status, topic);
        }, "stop"));
        Thread control = new Thread(InstanceMain::obey, "control");
        control.setDaemon(true);
        control.start();
        status.start();
        releases.start();
        releases.ready().get();
        streams.start();
        Thread.currentThread().join();
    }

    private static EngineLoader loader(InstanceSettings settings) {
        if (settings.bundle()) {
            return (folder, sha256) -> EngineFactory.load(folder, Optional.of(sha256), EngineOptions.defaults());
        }
        return (folder, sha256) -> {
            PixelBundle bundle = PixelBundle.read(folder, sha256);
            return new PixelEngine(bundle.line(), bundle.version(), sha256, POWER, BATCH_NANOS, IMAGE_NANOS);
        };
    }

    private static void obey() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "off" -> POWER.off(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[1])));
                    case "leave" -> {
                        closing = CloseOptions.timeout(STOP)
                                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
                        System.exit(0);
                    }
                    default -> System.err.println("unknown command: " + line);
                }
            }
        } catch (IOException ended) {
            System.err.println("The harness is gone: " + ended.getMessage());
        }
        System.exit(0);
    }

    private static void closeAll(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failed) {
                System.err.println(part.getClass().getSimpleName() + " did not close cleanly: " + failed);
            }
        }
    }
}
