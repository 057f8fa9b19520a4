package io.hilum.processor.service;

import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.inference.EngineFactory;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.release.KafkaStatusTopic;
import io.hilum.processor.model.release.Models;
import io.hilum.processor.model.release.ReleaseWatcher;
import io.hilum.processor.model.release.StatusBoard;
import io.hilum.processor.model.shadow.KafkaShadowTopic;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.stream.KafkaBacklog;
import io.hilum.processor.stream.LagWatch;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.stream.ThreadDeaths;
import io.hilum.processor.topology.TriageTopology;
import io.hilum.processor.trace.SpanTracer;
import io.hilum.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/**
 * Starts in the one order that works, and stops in its reverse:
 *
 * <ol>
 *   <li>the configuration is checked; what is wrong stops the start with a sentence;
 *   <li>topics are created and checked, waiting for a broker that is not up yet;
 *   <li>releases are followed, their bundles are loaded and proved;
 *   <li>only then the stream starts: nothing is taken from a topic that nobody can score.
 * </ol>
 *
 * <p>Threading: a starting thread of its own does 2 to 4, so that health answers meanwhile; the getters are
 * free to read.
 */
@ApplicationScoped
public class ScoringService {

    private static final Logger LOG = Logger.getLogger(ScoringService.class);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int THREAD_DEATHS = 5;
    private static final Duration THREAD_DEATHS_WINDOW = Duration.ofMinutes(5);

    private final Options options;
    private final MeterRegistry meters;
    private final ModelMeters modelMeters;
    private final ModelHost host;
    private final Thread starter = new Thread(this::startAll, "hilum-start");

    private volatile boolean topicsChecked;
    private volatile String waitingFor = "the start";
    private volatile ReleaseWatcher releases;
    private volatile KafkaStreams streams;
    private KafkaStatusTopic statusTopic;
    private StatusBoard status;
    private KafkaShadowTopic shadowTopic;
    private EngineScorer scorer;
    private KafkaBacklog backlog;
    private KafkaStreamsMetrics streamsMeters;
    private volatile LagWatch lag;
    private Tracing tracing;

    ScoringService(Options options, MeterRegistry meters) {
        this.options = options;
        this.meters = meters;
        this.modelMeters = new ModelMeters(meters);
        this.host = new ModelHost(options.batcher(), modelMeters::serve);
        meters.gauge("hilum.processor.queued", host, ModelHost::queued);
        StreamMeters.bind(meters, this);
    }

    void start(@Observes StartupEvent started) {
        options.config();
        starter.setDaemon(true);
        starter.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        starter.interrupt();
        starter.join(STOP.toMillis());
        if (streams != null) {
            // Commits what is pending; the engine must still be there for that.
            streams.close(STOP);
        }
        closeAll(lag, streamsMeters, backlog, scorer, releases, host, shadowTopic, status, statusTopic, tracing);
    }

    /** Topics are there and as declared. */
    boolean topicsChecked() {
        return topicsChecked;
    }

    /** What the start waits for, as a noun; empty once the stream is started. */
    String waitingFor() {
        return waitingFor;
    }

    Optional<KafkaStreams.State> streamsState() {
        return Optional.ofNullable(streams).map(KafkaStreams::state);
    }

    /** Images of a topic that wait for any instance; not a number while that is not known. */
    double lag(String topic) {
        return lag == null ? Double.NaN : lag.lag(topic);
    }

    /** How long images wait for this instance and nothing is committed. */
    Duration stalled() {
        return lag == null ? Duration.ZERO : lag.stalled();
    }

    /** How long that may be: a thread that is away longer has lost its tasks and its transaction. */
    Duration patience() {
        return options.config().maxPollInterval().plus(options.config().transactionTimeout());
    }

    /** Which thread of this service ended before its work was done, as a noun; empty when all are there. */
    String deadThread() {
        ReleaseWatcher watcher = releases;
        if (watcher != null && !watcher.isAlive()) {
            return "the thread that follows releases";
        }
        return starter.getState() == Thread.State.TERMINATED && streams == null ? "the thread that starts the stream" : "";
    }

    ModelHost models() {
        return host;
    }

    /** The lines that must be served; empty: any will do. */
    Set<String> wantedLines() {
        return options.servesOnly();
    }

    /** Why the last releases do not serve as they say; empty when they do. */
    String modelTrouble() {
        return releases == null ? "Releases are not followed yet." : releases.trouble();
    }

    private void startAll() {
        try {
            checkTopics();
            followReleases();
            waitingFor = options.servesOnly().isEmpty() ? "a model" : "the model lines " + String.join(", ", options.servesOnly());
            releases.ready().get();
            startStreams(scorer);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            LOG.fatalf(failed, "stream-processor cannot start: %s", failed.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    private void followReleases() {
        ShadowMeters shadowMeters = new ShadowMeters(meters);
        shadowTopic = new KafkaShadowTopic(options.clients(), shadowMeters);
        statusTopic = new KafkaStatusTopic(options.clients());
        status = new StatusBoard(instance(), options.servesOnly(), options.config().model().statusInterval(), statusTopic,
                MicroClock.SYSTEM::micros);
        scorer = new EngineScorer(host, options.config().engine().heatMaps(),
                options.config().engine().prepareThreads(), new ScoreMeters(meters));
        releases = Models.watcher(options.clients(), options.servesOnly(), options.config().model().cache(), host,
                (folder, sha256) -> EngineFactory.load(folder, Optional.of(sha256), options.engine()), status,
                new Shadows(options.batcher(), shadowTopic, shadowMeters));
        status.start();
        releases.start();
    }

    private void checkTopics() throws InterruptedException {
        waitingFor = "the broker";
        Map<String, Object> settings = new HashMap<>(options.clients());
        try (Admin admin = Admin.create(settings)) {
            TopicAdmin topics = new TopicAdmin(admin, options.cluster().partitions(), (short) options.cluster().replication());
            while (!topicsChecked) {
                try {
                    topics.createAndCheck();
                    topicsChecked = true;
                } catch (IllegalStateException failed) {
                    if (!isAbsence(failed.getCause())) {
                        throw failed;
                    }
                    LOG.warn(failed.getMessage() + " It is tried again.");
                }
            }
        }
    }

    private static boolean isAbsence(Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    }

    /** @param scorer the engines; a test puts another one here */
    void startStreams(Scorer scorer) {
        tracing = Tracing.start(options.tracing());
        backlog = KafkaBacklog.of(options.clients(), options.config().applicationId());
        KafkaStreams client = new KafkaStreams(
                TriageTopology.of(scorer, options.topology(), meters, MicroClock.SYSTEM, backlog,
                        SpanTracer.of(tracing, options.config().applicationId(), MicroClock.SYSTEM)),
                StreamsProperties.of(options.streams()));
        client.setUncaughtExceptionHandler(new ThreadDeaths(THREAD_DEATHS, THREAD_DEATHS_WINDOW, System::nanoTime,
                meters.counter("hilum.processor.thread.deaths")::increment));
        streamsMeters = new KafkaStreamsMetrics(client);
        streamsMeters.bindTo(meters);
        streams = client;
        client.start();
        lag = LagWatch.start(options.clients(), options.config().applicationId(), options.cluster().partitions(), () -> partitionsOf(client));
        waitingFor = "";
        LOG.info("Scoring has started.");
    }

    private static Optional<Set<TopicPartition>> partitionsOf(KafkaStreams client) {
        if (client.state() != KafkaStreams.State.RUNNING) {
            return Optional.empty();
        }
        return Optional.of(client.metadataForLocalThreads().stream().flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream()).collect(Collectors.toSet()));
    }

    private String instance() {
        return options.config().instanceId().orElseGet(() -> {
            try {
                return java.net.InetAddress.getLocalHost().getHostName();
            } catch (java.net.UnknownHostException unnamed) {
                return "stream-processor-" + ProcessHandle.current().pid();
            }
        });
    }

    private static void closeAll(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception failed) {
                LOG.warnf(failed, "%s did not close cleanly", part.getClass().getSimpleName());
            }
        }
    }
}
