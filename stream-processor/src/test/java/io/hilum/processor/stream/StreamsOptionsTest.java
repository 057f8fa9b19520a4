package io.hilum.processor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsOptionsTest {

    @Test
    void aDrainThatOutlivesItsTransactionIsRefusedAtStart() {
        assertEquals(List.of(), with(10, 20, 60).problems());
        assertEquals(List.of("drain-timeout (20000 ms) must be below transaction-timeout (20000 ms): otherwise the broker "
                + "aborts the transaction that the drain waits to commit."), with(20, 20, 60).problems());
        assertEquals(1, with(10, 60, 60).problems().size());
    }

    @Test
    void aMissingBrokerIsASentence() {
        StreamsOptions none = new StreamsOptions(Map.of(), "a", Optional.empty(), Path.of("s"), 1, Duration.ofMillis(100),
                Duration.ofMillis(10), 1, 1, 1, Duration.ofSeconds(60), Duration.ofSeconds(6), Duration.ofSeconds(20),
                Duration.ofSeconds(10), 1, 0);
        assertTrue(none.problems().get(0).startsWith("kafka.bootstrap.servers is missing"));
    }

    @Test
    void noStoreBehindTheDrainGetsACacheByDefault() {
        assertEquals(0, StreamsProperties.of(with(10, 20, 60)).get(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG));
        assertEquals("exactly_once_v2", StreamsProperties.of(with(10, 20, 60)).get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    private static StreamsOptions with(int drainSeconds, int transactionSeconds, int pollSeconds) {
        return new StreamsOptions(Map.of("bootstrap.servers", "b:1"), "a", Optional.empty(), Path.of("s"), 1,
                Duration.ofMillis(100), Duration.ofMillis(10), 64, 1 << 20, 64, Duration.ofSeconds(pollSeconds), Duration.ofSeconds(6),
                Duration.ofSeconds(transactionSeconds), Duration.ofSeconds(drainSeconds), 1, 0);
    }
}
