package io.hilum.processor.topology;

import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.ScoreProcessor;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.score.Undrained;
import io.hilum.processor.study.AssembleProcessor;
import io.hilum.processor.study.StudyEvent;
import io.hilum.processor.study.StudyMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The topology with one guarantee taken out, to see that a test notices. */
public final class BrokenTopologies {

    private BrokenTopologies() {}

    /** Commits do not wait for pending work. */
    public static Topology undrained(Scorer scorer, TriageTopology.Settings settings) {
        return TriageTopology.of(new Undrained(score(scorer, settings)), assemble(settings), settings.statHeadStart());
    }

    /** The studies are cached behind the drain. */
    public static Topology cached(Scorer scorer, TriageTopology.Settings settings) {
        return TriageTopology.of(score(scorer, settings), new Cached(assemble(settings)), settings.statHeadStart());
    }

    private static ProcessorSupplier<String, io.hilum.processor.event.Incoming, String, Object> score(
            Scorer scorer, TriageTopology.Settings settings) {
        return ScoreProcessor.supplier(scorer, settings.score(), new ScoreMeters(new SimpleMeterRegistry()), MicroClock.SYSTEM, TriageTopology.ASSEMBLE,
                TriageTopology.DEAD_LETTERS_SINK);
    }

    private static ProcessorSupplier<String, StudyEvent, String, Object> assemble(TriageTopology.Settings settings) {
        return AssembleProcessor.supplier(settings.study(), new StudyMeters(new SimpleMeterRegistry()), MicroClock.SYSTEM, TriageTopology.FINDINGS_SINK,
                TriageTopology.DEAD_LETTERS_SINK);
    }

    private record Cached(ProcessorSupplier<String, StudyEvent, String, Object> real)
            implements ProcessorSupplier<String, StudyEvent, String, Object> {

        @Override
        public Processor<String, StudyEvent, String, Object> get() {
            return real.get();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return real.stores().stream().<StoreBuilder<?>>map(StoreBuilder::withCachingEnabled).collect(Collectors.toSet());
        }
    }
}
