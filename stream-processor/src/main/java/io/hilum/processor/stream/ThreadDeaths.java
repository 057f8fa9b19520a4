package io.hilum.processor.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A stream thread that dies is replaced and reads its records again; when many die in a short time the
 * client stops, liveness goes down, and whoever runs the service starts it anew: a stuck engine does not heal
 * by new stream threads.
 *
 * <p>Threading: called by dying stream threads, one after another.
 */
public final class ThreadDeaths implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ThreadDeaths.class);

    private final int allowed;
    private final long windowNanos;
    private final LongSupplier nanoTime;
    private final Runnable onDeath;
    private final Deque<Long> deaths = new ArrayDeque<>();

    /**
     * @param allowed deaths within the window that are answered with a new thread
     * @param nanoTime {@code System::nanoTime}
     * @param onDeath told of each death
     */
    public ThreadDeaths(int allowed, Duration window, LongSupplier nanoTime, Runnable onDeath) {
        this.allowed = allowed;
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        this.onDeath = onDeath;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        onDeath.run();
        long now = nanoTime.getAsLong();
        deaths.removeIf(death -> now - death > windowNanos);
        deaths.addLast(now);
        if (deaths.size() <= allowed) {
            LOG.errorf(failure, "A stream thread died (%d of %d allowed); a new one reads its records again.",
                    deaths.size(), allowed);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.fatalf(failure, "%d stream threads died within %d s: scoring stops, the service must be restarted.",
                deaths.size(), Duration.ofNanos(windowNanos).toSeconds());
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
