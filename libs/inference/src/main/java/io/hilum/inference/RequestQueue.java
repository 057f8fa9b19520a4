package io.hilum.inference;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where images wait for a batch, by the rule of {@link Lanes}; who finds no room waits at the door.
 *
 * <p>Threading: shared by submitting threads and workers; every field is guarded by {@link #lock}. A worker is woken
 * only by what may concern it (a first image, a batch that is due, the end), not by each image that comes.
 */
final class RequestQueue {

    private final Lanes lanes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private boolean closed;

    RequestQueue(BatcherOptions options) {
        this.lanes = new Lanes(options);
    }

    /**
     * Appends.
     *
     * @param mayBlock while there is no room; otherwise that is refused
     */
    void put(Waiting waiting, boolean mayBlock) throws InterruptedException {
        lanes.requireFits(waiting);
        lock.lockInterruptibly();
        try {
            while (!closed && !lanes.hasRoomFor(waiting)) {
                if (!mayBlock) {
                    throw new IllegalStateException("The queue is full, and what runs when a result comes must not wait for "
                            + "room: results that would make some wait for it. Submit on another thread.");
                }
                room.await();
            }
            if (closed) {
                throw new IllegalStateException("The batcher is closed and accepts no more images.");
            }
            lanes.add(waiting);
            if (lanes.size() == 1 || lanes.due(System.nanoTime()) > 0) {
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch: waits until one is due.
     *
     * @return empty when the queue is closed and nothing waits any more
     */
    List<Waiting> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int due = due();
            while (due == 0 && !closed) {
                if (lanes.size() == 0) {
                    arrived.await();
                } else {
                    arrived.awaitNanos(lanes.nanosToDelay(System.nanoTime()));
                }
                due = due();
            }
            List<Waiting> batch = lanes.take(due);
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Takes one image out, if it still waits: its room is free at once. */
    void remove(Waiting waiting) {
        lock.lock();
        try {
            if (lanes.remove(waiting)) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more; what waits can still be taken, and no company is waited for. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits, in its order within each lane. */
    List<Waiting> clear() {
        lock.lock();
        try {
            room.signalAll();
            return lanes.clear();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return lanes.size();
        } finally {
            lock.unlock();
        }
    }

    private int due() {
        return closed ? lanes.full() : lanes.due(System.nanoTime());
    }
}
