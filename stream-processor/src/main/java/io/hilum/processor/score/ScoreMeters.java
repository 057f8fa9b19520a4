package io.hilum.processor.score;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.Scope;
import io.hilum.processor.metrics.DeadLetterMeter;
import io.hilum.processor.metrics.Histograms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is counted about scoring. An image that is read again after a crash is counted again.
 *
 * <p>Threading: free to share.
 */
public final class ScoreMeters {

    private final MeterRegistry registry;
    private final DeadLetterMeter deadLetters;
    private final Timer prepare;
    private final Timer queue;
    private final Timer compute;
    private final Timer output;
    private final DistributionSummary batch;
    private final Counter scored;
    private final Counter secondPasses;

    public ScoreMeters(MeterRegistry registry) {
        this.registry = registry;
        deadLetters = new DeadLetterMeter(registry);
        Set.of(Scope.IN_SCOPE, Scope.OUT_OF_SCOPE, Scope.NOT_SCORED).forEach(this::images);
        prepare = stage("prepare");
        queue = stage("queue");
        compute = stage("compute");
        output = stage("output");
        batch = Histograms.size("hilum.processor.batch.size")
                .description("images that shared a batch, once an image").register(registry);
        scored = Counter.builder("hilum.processor.scored").description("images that the engine scored").register(registry);
        secondPasses = Counter.builder("hilum.processor.second.passes")
                .description("images that were run once more, for heat maps of further positive labels").register(registry);
    }

    /** An engine scored an image. */
    public void scored(Scores.Times times) {
        prepare.record(times.prepareUs(), TimeUnit.MICROSECONDS);
        queue.record(times.queueUs(), TimeUnit.MICROSECONDS);
        compute.record(times.computeUs(), TimeUnit.MICROSECONDS);
        output.record(times.outputUs(), TimeUnit.MICROSECONDS);
        batch.record(times.batch());
        scored.increment();
        secondPasses.increment(times.passes() - 1);
    }

    /** An image left for its study. */
    void left(Scope scope) {
        images(scope).increment();
    }

    private Counter images(Scope scope) {
        return registry.counter("hilum.processor.images", "scope", scope.name());
    }

    /** A record left for the dead letters. */
    public void dead(DeadLetter letter) {
        deadLetters.count(letter);
    }

    private Timer stage(String name) {
        return Histograms.time("hilum.processor.stage").tag("stage", name)
                .description("where an image's time goes").register(registry);
    }
}
