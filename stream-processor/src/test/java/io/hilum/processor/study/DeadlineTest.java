package io.hilum.processor.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.trace.TraceContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Serde<Deadline> SERDE = Deadline.serde();

    @Test
    void forgetsNoTraceOfAnImageOverARestart() {
        Deadline deadline = Deadline.first(1_000, Duration.ofSeconds(30), Duration.ofMinutes(10))
                .with(Optional.of(TraceContext.parse("00-00f92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null).orElseThrow()))
                .with(Optional.empty())
                .with(Optional.of(TraceContext.random()))
                .extended(2_000, Duration.ofSeconds(30));
        assertEquals(2, deadline.traces().size());
        assertEquals(deadline, SERDE.deserializer().deserialize("t", SERDE.serializer().serialize("t", deadline)));
    }

    @Test
    void readsWhatAVersionBeforeTracesWrote() {
        byte[] old = ByteBuffer.allocate(16).putLong(31_000).putLong(601_000).array();
        assertEquals(new Deadline(31_000, 601_000, List.of()), SERDE.deserializer().deserialize("t", old));
    }

    @Test
    void doesNotGrowWithoutEnd() {
        Deadline deadline = Deadline.first(1_000, Duration.ofSeconds(30), Duration.ofMinutes(10));
        for (int i = 0; i < 1_000; i++) {
            deadline = deadline.with(Optional.of(TraceContext.random()));
        }
        assertEquals(100, deadline.traces().size());
    }
}
