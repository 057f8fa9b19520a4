package io.hilum.processor.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * From which of its two topics a task takes its next record: the urgent one first, with a guaranteed share for the
 * routine one.
 *
 * <p>Kafka Streams takes of a task's buffered records the one with the smallest timestamp, and asks for a record's
 * timestamp when it comes to the head of its queue. So a timestamp here is no time but a turn: start-time fair queueing
 * (Goyal, Vin, Cheng 1996) over the two queues. A queue's next turn lies behind its last one by the inverse of its share,
 * and never before the turn that was last taken: who had nothing to do saves nothing up, and an urgent image that comes
 * into a backlog is next. While both have work, {@code routineShare} of the records are routine ones, however many urgent
 * ones come.
 *
 * <p>What leaves the operators is dated by the clock, so that no turn is ever taken for a time.
 *
 * <p>Threading: free to share; the two queues of one partition are asked by one stream thread at a time.
 */
final class FairTurns {

    private static final long SCALE = 1_000;

    private final long urgentStep;
    private final long routineStep;
    private final Map<Integer, Turns> partitions = new ConcurrentHashMap<>();

    /** @param routineShare of the records while both topics have some; above 0, at most 0.5 */
    FairTurns(double routineShare) {
        if (!(routineShare > 0 && routineShare <= 0.5)) {
            throw new IllegalArgumentException("The routine share is " + routineShare + "; it must be above 0 and at most 0.5.");
        }
        // The inverse of each share, but for a common factor.
        urgentStep = Math.max(1, Math.round(SCALE * routineShare));
        routineStep = Math.round(SCALE * (1 - routineShare));
    }

    TimestampExtractor urgent() {
        return (record, partitionTime) -> turnsOf(record).urgent();
    }

    TimestampExtractor routine() {
        return (record, partitionTime) -> turnsOf(record).routine();
    }

    private Turns turnsOf(ConsumerRecord<Object, Object> record) {
        return partitions.computeIfAbsent(record.partition(), none -> new Turns());
    }

    /** The turns of one partition's two queues. */
    private final class Turns {

        /** The turn that was last taken, as far as is known. */
        private long taken;
        private long urgentHead;
        private long routineHead;
        private long urgentNext;
        private long routineNext;

        /** The urgent queue has a new head: the one before was taken. */
        synchronized long urgent() {
            taken = Math.max(taken, urgentHead);
            urgentHead = Math.max(taken, urgentNext);
            urgentNext = urgentHead + urgentStep;
            return urgentHead;
        }

        /** The routine queue has a new head. It stands a step behind what was taken: where both are new, urgent goes first. */
        synchronized long routine() {
            taken = Math.max(taken, routineHead);
            routineHead = Math.max(taken + routineStep, routineNext);
            routineNext = routineHead + routineStep;
            return routineHead;
        }
    }
}
