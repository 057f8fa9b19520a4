package io.hilum.processor.topology;

import io.hilum.processor.event.MicroClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A clock that stands, until its harness lets time pass: the operators' time and the driver's are one. One thread. */
final class HarnessClock implements MicroClock {

    private Instant now = TopologyHarness.START;

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, now);
    }
}
