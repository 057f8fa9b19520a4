package io.hilum.processor.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();
    private final ThreadDeaths deaths = new ThreadDeaths(2, Duration.ofMinutes(1), now::get, counted::incrementAndGet);

    @Test
    void aStuckEngineIsNotHiddenByEverNewThreads() {
        assertEquals(REPLACE_THREAD, die());
        assertEquals(REPLACE_THREAD, die());
        assertEquals(SHUTDOWN_CLIENT, die());
        assertEquals(3, counted.get(), "no death may go uncounted");
    }

    @Test
    void aDeathNowAndThenDoesNotStopScoring() {
        for (int i = 0; i < 10; i++) {
            assertEquals(REPLACE_THREAD, die());
            now.addAndGet(Duration.ofSeconds(61).toNanos());
        }
    }

    private Object die() {
        return deaths.handle(new IllegalStateException("died for a test"));
    }
}
