package io.hilum.processor.topology;

import io.hilum.processor.event.Incoming;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.ScoreProcessor;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Undrained;
import io.hilum.processor.study.AssembleProcessor;
import io.hilum.processor.study.Backlog;
import io.hilum.processor.study.StudyEvent;
import io.hilum.processor.study.StudyMeters;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The topology with one guarantee taken out, to see that a test notices. */
public final class BrokenTopologies {

    private BrokenTopologies() {}

    /** Commits do not wait for pending work. */
    public static Topology undrained(Scorer scorer, TriageTopology.Settings settings) {
        return TriageTopology.of(new Undrained(score(scorer, settings)), assemble(settings), settings.routineShare());
    }

    /**
     * The studies are cached, and the task flushes them before it drains, because the scoring operator is
     * connected to them too. Kafka Streams promises no order in which a task's stores are flushed.
     */
    public static Topology cached(Scorer scorer, TriageTopology.Settings settings) {
        Set<StoreBuilder<?>> studies = assemble(settings).stores().stream()
                .<StoreBuilder<?>>map(StoreBuilder::withCachingEnabled).collect(Collectors.toSet());
        Set<StoreBuilder<?>> all = Stream.concat(studies.stream(), score(scorer, settings).stores().stream())
                .collect(Collectors.toSet());
        return TriageTopology.of(new With<>(score(scorer, settings), all), new With<>(assemble(settings), studies),
                settings.routineShare());
    }

    private static ProcessorSupplier<String, Incoming, String, Object> score(
            Scorer scorer, TriageTopology.Settings settings) {
        return ScoreProcessor.supplier(scorer, settings.score(), new ScoreMeters(new SimpleMeterRegistry()), MicroClock.SYSTEM, StreamTracer.PASSING, TriageTopology.ASSEMBLE,
                TriageTopology.DEAD_LETTERS_SINK);
    }

    private static ProcessorSupplier<String, StudyEvent, String, Object> assemble(TriageTopology.Settings settings) {
        return AssembleProcessor.supplier(settings.study(), new StudyMeters(new SimpleMeterRegistry()), MicroClock.SYSTEM, StreamTracer.PASSING, Backlog.NONE, TriageTopology.FINDINGS_SINK,
                TriageTopology.DEAD_LETTERS_SINK);
    }

    private record With<I, O>(ProcessorSupplier<String, I, String, O> real, Set<StoreBuilder<?>> stores)
            implements ProcessorSupplier<String, I, String, O> {

        @Override
        public Processor<String, I, String, O> get() {
            return real.get();
        }
    }
}
