package io.hilum.processor.event;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Microseconds since the epoch, the unit of every time in an event. */
@FunctionalInterface
public interface MicroClock {

    MicroClock SYSTEM = () -> {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    };

    long micros();
}
