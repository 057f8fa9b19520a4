package io.hilum.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * The rule by which images wait and become batches, without threads and without a clock of its own.
 *
 * <p><b>Who may wait.</b> Both lanes together are bounded by count and bytes. Neither lane may fill more than seven
 * eighths of either: an urgent image finds the door open however much routine work piles up, and a routine one finds
 * it open in a flood of urgent ones. (Of fewer than eight places none is kept.)
 *
 * <p><b>When a batch goes</b>, asked whenever an engine is idle: at once when an urgent image waits, the first in turn
 * has waited {@code maxDelay}, or {@code maxBatch} wait: then with all that wait, up to {@code maxBatch}. Before that, as
 * soon as a preferred size is reached, with the largest one that can be filled; the rest goes on waiting, each image no
 * longer than its own delay.
 *
 * <p><b>Who goes.</b> Urgent images first; while both lanes wait, routine ones get their share of the slots, counted
 * over batches, so that it holds for batches of one too. Within a lane the image goes first whose work began first
 * ({@link InferenceRequest#since}).
 *
 * <p>Threading: none; {@link RequestQueue} guards it. Times are in ns on the clock of {@link Waiting#submittedNanos}.
 */
final class Lanes {

    /** One part in this many of the room is out of reach of each lane. */
    private static final int RESERVE = 8;

    private final BatcherOptions options;
    private final long maxDelayNanos;
    private final Lane urgent = new Lane();
    private final Lane routine = new Lane();
    /** Slots owed to routine images; a whole one is paid at the next slot. */
    private double owedToRoutine;

    Lanes(BatcherOptions options) {
        this.options = options;
        this.maxDelayNanos = options.maxDelay().toNanos();
    }

    /** @throws IllegalArgumentException when the image would not find room in an empty queue */
    void requireFits(Waiting waiting) {
        if (waiting.bytes() > lanesPart(options.maxQueuedBytes())) {
            throw new IllegalArgumentException("An image of " + waiting.bytes() + " bytes can never wait: maxQueuedBytes is "
                    + options.maxQueuedBytes() + " (an eighth of it is kept for images of the other urgency). Raise it.");
        }
    }

    boolean hasRoomFor(Waiting waiting) {
        Lane lane = lane(waiting);
        return size() < options.maxQueued()
                && lane.size() < lanesPart(options.maxQueued())
                && urgent.bytes() + routine.bytes() + waiting.bytes() <= options.maxQueuedBytes()
                && lane.bytes() + waiting.bytes() <= lanesPart(options.maxQueuedBytes());
    }

    void add(Waiting waiting) {
        lane(waiting).add(waiting);
    }

    boolean remove(Waiting waiting) {
        return lane(waiting).remove(waiting);
    }

    /** How many images an idle engine should get now; 0: none waits, or they wait for company. */
    int due(long now) {
        return !urgent.isEmpty() || size() > 0 && nanosToDelay(now) <= 0 ? full() : options.preferredWithin(size());
    }

    /** As many as there are, up to a full batch. */
    int full() {
        return Math.min(size(), options.maxBatch());
    }

    /** Until the first image in turn has waited long enough. Only while just routine ones wait. */
    long nanosToDelay(long now) {
        return maxDelayNanos - (now - routine.first().submittedNanos());
    }

    /** Takes the next images out, no more than wait. */
    List<Waiting> take(int count) {
        List<Waiting> batch = new ArrayList<>(count);
        while (batch.size() < count) {
            batch.add(next().take());
        }
        return batch;
    }

    /** Takes all out, in their order within each lane. */
    List<Waiting> clear() {
        List<Waiting> all = new ArrayList<>(size());
        urgent.moveAllTo(all);
        routine.moveAllTo(all);
        return all;
    }

    int size() {
        return urgent.size() + routine.size();
    }

    /** Where the next slot's image comes from; only called while one waits. */
    private Lane next() {
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

    private Lane lane(Waiting waiting) {
        return waiting.urgent() ? urgent : routine;
    }

    private static long lanesPart(long all) {
        return all - all / RESERVE;
    }
}
