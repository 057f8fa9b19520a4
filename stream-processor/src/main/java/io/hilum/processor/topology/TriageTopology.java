package io.hilum.processor.topology;

import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.event.Incoming;
import io.hilum.processor.event.IncomingDeserializer;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.ScoreProcessor;
import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.study.AssembleProcessor;
import io.hilum.processor.study.Backlog;
import io.hilum.processor.study.StudyEvent;
import io.hilum.processor.study.StudyMeters;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The way of an image through the stream:
 *
 * <pre>
 * hilum.images-stat --+
 *                     +--> score --> assemble --> hilum.findings
 * hilum.images -------+      |          |
 *                            +----------+------> hilum.dead-letters
 * </pre>
 *
 * <p>Both sources are co-partitioned: one task sees all images of a study. Between the operators nothing is
 * repartitioned, so order within a study is the order of its records.
 */
public final class TriageTopology {

    static final String SCORE = "score";
    static final String ASSEMBLE = "assemble";
    private static final String ROUTINE_SOURCE = "images";
    private static final String URGENT_SOURCE = "images-stat";
    static final String FINDINGS_SINK = "findings";
    static final String DEAD_LETTERS_SINK = "dead-letters";

    /**
     * @param routineShare of the images while urgent ones wait: {@link FairTurns}
     */
    public record Settings(ScoreSettings score, StudySettings study, double routineShare) {}

    private TriageTopology() {}

    /** For a stream whose images never wait; otherwise studies would be final before their images. */
    public static Topology of(Scorer scorer, Settings settings, MeterRegistry meters, MicroClock clock) {
        return of(scorer, settings, meters, clock, Backlog.NONE, StreamTracer.PASSING);
    }

    /** Of which nobody records spans. */
    public static Topology of(Scorer scorer, Settings settings, MeterRegistry meters, MicroClock clock, Backlog backlog) {
        return of(scorer, settings, meters, clock, backlog, StreamTracer.PASSING);
    }

    public static Topology of(Scorer scorer, Settings settings, MeterRegistry meters, MicroClock clock, Backlog backlog,
            StreamTracer tracer) {
        return of(scorer, settings, meters, clock, backlog, tracer, UnaryOperator.identity());
    }

    /** @param change of the scoring operator on its way into the topology: a harness breaks it to see that it would notice */
    public static Topology of(Scorer scorer, Settings settings, MeterRegistry meters, MicroClock clock, Backlog backlog,
            StreamTracer tracer, UnaryOperator<ProcessorSupplier<String, Incoming, String, Object>> change) {
        return of(
                change.apply(ScoreProcessor.supplier(scorer, settings.score(), new ScoreMeters(meters), clock, tracer, ASSEMBLE,
                        DEAD_LETTERS_SINK)),
                AssembleProcessor.supplier(settings.study(), new StudyMeters(meters), clock, tracer, backlog, FINDINGS_SINK,
                        DEAD_LETTERS_SINK),
                settings.routineShare());
    }

    /** Wires given operators: a test puts broken ones here to see that it would notice. */
    static Topology of(
            ProcessorSupplier<String, Incoming, String, Object> score,
            ProcessorSupplier<String, StudyEvent, String, Object> assemble,
            double routineShare) {
        Topology topology = new Topology();
        FairTurns turns = new FairTurns(routineShare);
        addSource(topology, URGENT_SOURCE, Topics.IMAGES_STAT, turns.urgent());
        addSource(topology, ROUTINE_SOURCE, Topics.IMAGES, turns.routine());
        topology.addProcessor(SCORE, score, URGENT_SOURCE, ROUTINE_SOURCE);
        topology.addProcessor(ASSEMBLE, assemble, SCORE);
        addSink(topology, FINDINGS_SINK, Topics.FINDINGS, ASSEMBLE);
        addSink(topology, DEAD_LETTERS_SINK, Topics.DEAD_LETTERS, SCORE, ASSEMBLE);
        return topology;
    }

    private static void addSource(Topology topology, String name, Topic topic, TimestampExtractor turns) {
        topology.addSource(AutoOffsetReset.earliest(), name, turns, Serdes.String().deserializer(),
                new IncomingDeserializer(topic), topic.name());
    }

    private static void addSink(Topology topology, String name, Topic topic, String... parents) {
        topology.addSink(name, topic.name(), Serdes.String().serializer(), EventSerde.of(topic).serializer(), parents);
    }
}
