package io.hilum.processor.service;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.View;
import io.hilum.contracts.topic.Topics;
import io.hilum.inference.EngineIdentity;
import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestImages;
import io.hilum.processor.broker.Sender;
import io.hilum.processor.broker.SharedBroker;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scorer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * What the service exports while it scores on a real broker: every sample's name, with the labels that it has.
 *
 * <p>The service is the real one but for its engine; the JVM's own figures are bound as Quarkus does.
 */
// The registry is deprecated by Micrometer, and still the one that Quarkus exports with.
@SuppressWarnings("deprecation")
final class ExportedMetrics {

    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Duration SOON = Duration.ofSeconds(90);

    private ExportedMetrics() {}

    /** @return label names by sample name */
    static Map<String, Set<String>> ofARunningService(Path stateDir) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        ScoringService service = new ScoringService(TestConfig.with(Map.of(
                "kafka.bootstrap.servers", SharedBroker.bootstrap(),
                "hilum.processor.application-id", "exported-metrics",
                "hilum.processor.state-dir", stateDir.toString(),
                "hilum.processor.study.idle", "1s",
                "hilum.topics.partitions", Integer.toString(SharedBroker.PARTITIONS),
                "hilum.topics.replication", "1")), registry);
        new ModelMeters(registry).serve(List.of(new EngineIdentity("chest", "1", TestImages.sha256("1"), "fake", false, "")));
        ScoreMeters scores = new ScoreMeters(registry);
        Scorer scorer = (image, urgent) -> {
            scores.scored(FakeScorer.scoresOf(image).times());
            return CompletableFuture.completedFuture(FakeScorer.scoresOf(image));
        };
        try (JvmGcMetrics garbage = new JvmGcMetrics()) {
            garbage.bindTo(registry);
            service.startStreams(scorer);
            send();
            Awaitility.await().atMost(SOON).until(() -> registry.counter("hilum.processor.revisions", "status", "FINAL").count() > 0);
            Awaitility.await().atMost(SOON).until(() -> service.lag(Topics.IMAGES.name()) == 0);
            // The figures of garbage collections begin with the first one.
            System.gc();
            Awaitility.await().atMost(SOON).until(() -> registry.find("jvm.gc.pause").timer() != null);
            return samples(registry.scrape());
        } finally {
            service.stop(null);
        }
    }

    private static void send() {
        try (Sender images = new Sender(SharedBroker.bootstrap(), Topics.IMAGES)) {
            for (ImageReceived image : new ImageReceived[] {TestImages.image(7001, 0).build(),
                TestImages.image(7001, 1).setView(View.LATERAL).build(), TestImages.image(7001, 0).build()}) {
                images.send(image.getStudyUid(), image);
            }
            images.send("no study of it", TestImages.image(7002, 0).build());
        }
    }

    static Map<String, Set<String>> samples(String scrape) {
        Map<String, Set<String>> samples = new TreeMap<>();
        scrape.lines().filter(line -> !line.startsWith("#")).map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            Set<String> labels = samples.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.add(label.group(1));
            }
        });
        return samples;
    }
}
