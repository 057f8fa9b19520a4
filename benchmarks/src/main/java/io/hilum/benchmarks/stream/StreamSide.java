package io.hilum.benchmarks.stream;

import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scorer;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/** The scoring stream as it is in service, in this JVM. */
final class StreamSide implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);

    private final KafkaStreams streams;

    StreamSide(House house, Scorer scorer, StreamOptions options) {
        streams = new KafkaStreams(
                TriageTopology.of(scorer, options.topology(), new SimpleMeterRegistry(), MicroClock.SYSTEM),
                StreamsProperties.of(options.streams(house.bootstrap(), house.state())));
        streams.start();
    }

    @Override
    public void close() {
        streams.close(STOP);
    }
}
