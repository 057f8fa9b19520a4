package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.junit.jupiter.api.Test;

/** Two queues as Kafka Streams keeps them: a head's timestamp is asked for once, the smaller head is taken. */
class FairTurnsTest {

    private static final class Queue {

        private final TimestampExtractor turns;
        private final int partition;
        private long waiting;
        private long head = Long.MAX_VALUE;
        private int taken;

        Queue(TimestampExtractor turns, int partition) {
            this.turns = turns;
            this.partition = partition;
        }

        void add(int records) {
            waiting += records;
            look();
        }

        void take() {
            taken++;
            head = Long.MAX_VALUE;
            look();
        }

        private void look() {
            if (head == Long.MAX_VALUE && waiting > 0) {
                waiting--;
                head = turns.extract(record(partition, -1), 0);
                assertTrue(head >= 0, "Kafka Streams drops records with negative timestamps");
            }
        }
    }

    private final FairTurns turns = new FairTurns(0.25);
    private final Queue urgent = new Queue(turns.urgent(), 0);
    private final Queue routine = new Queue(turns.routine(), 0);

    @Test
    void anUrgentImageDoesNotWaitBehindABacklog() {
        routine.add(5_000);
        take(1_000);
        for (int i = 0; i < 10; i++) {
            urgent.add(1);
            take(1);
            assertEquals(i + 1, urgent.taken, "the urgent image must be next");
            take(50);
        }
    }

    @Test
    void urgentImagesThatWaitedFromTheStartGoFirst() {
        routine.add(10);
        urgent.add(1);
        take(1);
        assertEquals(1, urgent.taken);
    }

    @Test
    void aFloodOfUrgentWorkDoesNotStarveRoutineWork() {
        urgent.add(100_000);
        routine.add(100_000);
        take(10_000);
        assertEquals(2_500, routine.taken, 2);
        take(10_000);
        assertEquals(5_000, routine.taken, 2);
    }

    @Test
    void noQueueSavesTurnsUpWhileItIsEmpty() {
        urgent.add(10_000);
        take(10_000);
        routine.add(1_000);
        urgent.add(1_000);
        take(100);
        assertEquals(25, routine.taken, 2);
    }

    @Test
    void partitionsDoNotWaitForEachOther() {
        routine.add(1_000);
        take(1_000);
        Queue other = new Queue(turns.urgent(), 1);
        other.add(1);
        assertEquals(0, other.head);
    }

    @Test
    void aShareThatStarvesSomebodyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FairTurns(0));
        assertThrows(IllegalArgumentException.class, () -> new FairTurns(0.6));
    }

    private void take(int records) {
        for (int i = 0; i < records; i++) {
            (urgent.head <= routine.head ? urgent : routine).take();
        }
    }

    private static ConsumerRecord<Object, Object> record(int partition, long timestamp) {
        return new ConsumerRecord<>("t", partition, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, null, null,
                new RecordHeaders(), Optional.empty());
    }
}
