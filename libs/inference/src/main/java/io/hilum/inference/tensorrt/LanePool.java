package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The lanes of one plan, lent to one thread each. A lane whose run failed is closed instead of lent again, and a new
 * one is opened in its place at the next lease.
 *
 * <p>Threading: shared by all threads that infer; the fields are guarded by {@link #lock}. Lanes are opened and closed
 * with no lock held.
 */
final class LanePool implements AutoCloseable {

    private final int size;
    private final Supplier<Lane> opener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Lane> idle = new ArrayDeque<>();
    private int lent;
    private boolean closed;

    /** @param opener opens a lane that is ready for every bucket */
    LanePool(int size, Supplier<Lane> opener) {
        this.size = size;
        this.opener = opener;
    }

    /** Opens all lanes now, so that what does not fit into the GPU is known before anything is served. */
    void fill() {
        for (int i = 0; i < size; i++) {
            Lane lane = opener.get();
            lock.lock();
            try {
                idle.push(lane);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Lends a lane; waits while all are lent.
     *
     * @throws IllegalStateException after {@link #close}, also while it waits
     * @throws InferenceException when a lane has to be opened and that fails, or when the thread is interrupted
     */
    Lane lease() {
        Lane lane = takeIdle();
        if (lane != null) {
            return lane;
        }
        boolean opened = false;
        try {
            lane = opener.get();
            opened = true;
            return lane;
        } finally {
            if (!opened) {
                returned(null);
            }
        }
    }

    /** After a run that went well. */
    void giveBack(Lane lane) {
        returned(lane);
    }

    /** After a run that failed: the lane is closed and never lent again. What goes wrong meanwhile is added to {@code failure}. */
    void discard(Lane lane, Throwable failure) {
        try {
            Release.after(failure, lane);
        } finally {
            returned(null);
        }
    }

    /** Lends nothing more, waits until every lane is back, and closes them. */
    @Override
    public void close() {
        List<Lane> all;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            while (lent > 0) {
                changed.awaitUninterruptibly();
            }
            all = List.copyOf(idle);
            idle.clear();
        } finally {
            lock.unlock();
        }
        Release.all(all);
    }

    /** Counts a lane as lent. Null: it has to be opened first. */
    private Lane takeIdle() {
        lock.lock();
        try {
            while (!closed && lent == size) {
                changed.await();
            }
            if (closed) {
                throw new IllegalStateException("The TensorRT engine is closed and computes nothing more.");
            }
            lent++;
            return idle.poll();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InferenceException("The thread was interrupted while it waited for a free lane of the GPU.", stopped);
        } finally {
            lock.unlock();
        }
    }

    private void returned(Lane lane) {
        lock.lock();
        try {
            lent--;
            if (lane != null) {
                idle.push(lane);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
