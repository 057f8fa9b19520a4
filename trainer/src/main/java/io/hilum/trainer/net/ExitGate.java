package io.hilum.trainer.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps the process from ending while libtorch computes. A JVM that is told to end (Ctrl-C, TERM) waits 0.3 seconds for
 * threads in native code and then lets the C library take libtorch's global objects down; a step that is still running
 * calls into them and the process dies of a segmentation fault instead of ending.
 *
 * <p>Threads: any may compute; the shutdown's thread closes the gate between two computations, for good, after
 * everybody who wanted to finish something ({@link #finishing}) has done so.
 */
public final class ExitGate {
    private static final long PATIENCE_NANOS = 320_000_000_000L;
    private static final int LOOK_EVERY_MILLIS = 5;

    private static final ReentrantReadWriteLock GATE = new ReentrantReadWriteLock();
    private static final AtomicInteger FINISHING = new AtomicInteger();

    private ExitGate() {}

    /** Once, before the first computation. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(ExitGate::shut, "end-after-libtorch"));
    }

    /** Runs one call into libtorch; the process does not end meanwhile. */
    static <T> T through(Supplier<T> call) {
        GATE.readLock().lock();
        try {
            return call.get();
        } finally {
            GATE.readLock().unlock();
        }
    }

    /** Something that must still compute when the process is told to end, such as a training that will save. */
    public interface Finishing extends AutoCloseable {
        @Override
        void close();
    }

    /** The gate stays open until this is closed, at most five minutes after the process was told to end. */
    public static Finishing finishing() {
        FINISHING.incrementAndGet();
        return FINISHING::decrementAndGet;
    }

    private static void shut() {
        long until = System.nanoTime() + PATIENCE_NANOS;
        // Never a waiting lock(): it would stop those who are finishing, too.
        while (FINISHING.get() > 0 || !GATE.writeLock().tryLock()) {
            if (System.nanoTime() > until) {
                return;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
