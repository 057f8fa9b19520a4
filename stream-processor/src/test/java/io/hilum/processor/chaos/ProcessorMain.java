package io.hilum.processor.chaos;

import io.hilum.processor.FakeScorer;
import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.stream.StreamsProperties;
import io.hilum.processor.topology.BrokenTopologies;
import io.hilum.processor.topology.TriageTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The stream in a JVM of its own, made to be killed: {@code ProcessorMain BOOTSTRAP STATE_DIR DRAIN}. With DRAIN
 * {@code off} a commit does not wait for pending work: the harness must then find losses.
 */
public final class ProcessorMain {

    private ProcessorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        TriageTopology.Settings settings = TestOptions.topology(32, Duration.ofSeconds(5), Duration.ofMinutes(10), 20);
        KafkaStreams streams = new KafkaStreams(
                arguments[2].equals("off")
                        ? BrokenTopologies.undrained(new FakeScorer(40), settings)
                        : TriageTopology.of(new FakeScorer(40), settings, new SimpleMeterRegistry(), MicroClock.SYSTEM),
                StreamsProperties.of(TestOptions.streams(arguments[0], Path.of(arguments[1]))));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        Thread.currentThread().join();
    }
}
