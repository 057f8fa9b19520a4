package io.hilum.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where images wait for a batch: two lanes, bounded together by count and bytes.
 *
 * <p>Urgent images are taken first; while both lanes wait, routine ones get their share of the slots, counted
 * over batches, so that it holds for batches of one too. Routine images may fill at most seven eighths of the
 * room: an urgent image finds the door open however much routine work piles up.
 *
 * <p>Threading: shared by submitting threads and workers; every field is guarded by {@link #lock}.
 */
final class RequestQueue {

    /** One part in this many of the room is kept for urgent images. */
    private static final int URGENT_RESERVE = 8;

    private final BatcherOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();

    private final Deque<Waiting> urgent = new ArrayDeque<>();
    private final Deque<Waiting> routine = new ArrayDeque<>();
    private long bytes;
    /** Slots owed to routine images; a whole one is paid at the next slot. */
    private double owedToRoutine;
    private boolean closed;

    RequestQueue(BatcherOptions options) {
        this.options = options;
    }

    /** Appends; blocks while there is no room. */
    void put(Waiting waiting) throws InterruptedException {
        if (waiting.bytes() > limit(options.maxQueuedBytes(), waiting.urgent())) {
            throw new IllegalArgumentException("An image of " + waiting.bytes() + " bytes can never wait: maxQueuedBytes is "
                    + options.maxQueuedBytes() + " (an eighth of it is kept for urgent images). Raise it.");
        }
        lock.lockInterruptibly();
        try {
            while (!closed && !hasRoomFor(waiting)) {
                room.await();
            }
            if (closed) {
                throw new IllegalStateException("The batcher is closed and accepts no more images.");
            }
            lane(waiting).addLast(waiting);
            bytes += waiting.bytes();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch: waits for a first image, then for company until the batch is full, an urgent image is
     * among them, or the oldest has waited {@code maxDelay}.
     *
     * @return empty when the queue is closed and nothing waits any more
     */
    List<Waiting> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ready()) {
                if (size() == 0) {
                    arrived.await();
                } else {
                    arrived.awaitNanos(options.maxDelay().toNanos() - oldestAge());
                }
            }
            List<Waiting> batch = new ArrayList<>(Math.min(options.maxBatch(), size()));
            while (batch.size() < options.maxBatch() && size() > 0) {
                Waiting next = nextLane().removeFirst();
                bytes -= next.bytes();
                batch.add(next);
            }
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
            if (lane(waiting).remove(waiting)) {
                bytes -= waiting.bytes();
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more; what waits can still be taken. */
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

    /** Takes all that waits, in order of arrival within each lane. */
    List<Waiting> clear() {
        lock.lock();
        try {
            List<Waiting> all = new ArrayList<>(urgent);
            all.addAll(routine);
            urgent.clear();
            routine.clear();
            bytes = 0;
            room.signalAll();
            return all;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return size();
        } finally {
            lock.unlock();
        }
    }

    private boolean ready() {
        return closed
                || size() >= options.maxBatch()
                || !urgent.isEmpty()
                || !routine.isEmpty() && oldestAge() >= options.maxDelay().toNanos();
    }

    private boolean hasRoomFor(Waiting waiting) {
        return size() < limit(options.maxQueued(), waiting.urgent())
                && bytes + waiting.bytes() <= limit(options.maxQueuedBytes(), waiting.urgent());
    }

    private static long limit(long all, boolean urgent) {
        return urgent ? all : all - all / URGENT_RESERVE;
    }

    /** Where the next slot's image comes from; only called while one waits. */
    private Deque<Waiting> nextLane() {
        if (urgent.isEmpty() || routine.isEmpty()) {
            return urgent.isEmpty() ? routine : urgent;
        }
        owedToRoutine += options.routineShare();
        if (owedToRoutine >= 1) {
            owedToRoutine -= 1;
            return routine;
        }
        return urgent;
    }

    private Deque<Waiting> lane(Waiting waiting) {
        return waiting.urgent() ? urgent : routine;
    }

    private long oldestAge() {
        return System.nanoTime() - routine.getFirst().submittedNanos();
    }

    private int size() {
        return urgent.size() + routine.size();
    }
}
