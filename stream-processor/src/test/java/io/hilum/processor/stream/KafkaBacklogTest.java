package io.hilum.processor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaBacklogTest {

    private static final TopicPartition ROUTINE = new TopicPartition("hilum.images", 3);
    private static final TopicPartition URGENT = new TopicPartition("hilum.images-stat", 3);

    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(ROUTINE, 100L, URGENT, 7L));
    private final Map<TopicPartition, Long> committed = new HashMap<>(Map.of(ROUTINE, 40L, URGENT, 7L));
    private boolean away;
    private final KafkaBacklog backlog = new KafkaBacklog(new PartitionOffsets() {
        @Override
        public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
            return answer(partitions, ends);
        }

        @Override
        public Map<TopicPartition, Long> committed(Set<TopicPartition> partitions) {
            return answer(partitions, committed);
        }
    }, new AtOnce());

    @Test
    void whatStoodOnTheTopicsAtTheAssignmentIsNotForgotten() {
        assertEquals(Long.MIN_VALUE, at(1_000));
        committed.put(ROUTINE, 99L);
        assertEquals(Long.MIN_VALUE, at(2_000));
        assertEquals(Long.MIN_VALUE, at(3_000), "one record still waits");
        committed.put(ROUTINE, 100L);
        ends.put(ROUTINE, 500L);
        at(4_000);
        assertEquals(1_000, at(5_000), "what came after the first look still waits");
        assertEquals(1_000, at(6_000));
        committed.put(ROUTINE, 500L);
        at(7_000);
        assertEquals(5_000, at(8_000));
    }

    @Test
    void aBrokerThatIsAwayIsNotTakenForAnEmptyOne() {
        away = true;
        at(1_000);
        assertEquals(Long.MIN_VALUE, at(2_000));
        away = false;
        committed.putAll(ends);
        at(3_000);
        assertEquals(3_000, at(4_000));
    }

    private long at(long now) {
        return backlog.workedOffUntil(3, now);
    }

    private Map<TopicPartition, Long> answer(Set<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
        assertEquals(Set.of(ROUTINE, URGENT), partitions);
        if (away) {
            throw new KafkaException("the broker is away");
        }
        return Map.copyOf(offsets);
    }

    private static final class AtOnce extends AbstractExecutorService {
        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
