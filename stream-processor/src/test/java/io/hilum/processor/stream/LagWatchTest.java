package io.hilum.processor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagWatchTest {

    private static final TopicPartition MINE = new TopicPartition("hilum.images", 0);
    private static final TopicPartition OTHERS = new TopicPartition("hilum.images", 1);
    private static final TopicPartition URGENT = new TopicPartition("hilum.images-stat", 0);

    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(MINE, 100L, OTHERS, 50L, URGENT, 7L));
    private final Map<TopicPartition, Long> committed = new HashMap<>(Map.of(MINE, 40L, OTHERS, 20L, URGENT, 7L));
    private final AtomicLong now = new AtomicLong();
    private boolean away;
    private Optional<Set<TopicPartition>> mine = Optional.of(Set.of(MINE, URGENT));
    private final LagWatch watch = new LagWatch(new PartitionOffsets() {
        @Override
        public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
            if (away) {
                throw new KafkaException("away");
            }
            return Map.copyOf(ends);
        }

        @Override
        public Map<TopicPartition, Long> committed(Set<TopicPartition> partitions) {
            return Map.copyOf(committed);
        }
    }, 2, () -> mine, now::get);

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void countsWhatNobodyHasCommittedNotWhatIsHereOnly() {
        assertTrue(Double.isNaN(watch.lag("hilum.images")), "nothing is known yet, which is not nothing");
        lookAfter(0);
        assertEquals(90, watch.lag("hilum.images"));
        assertEquals(0, watch.lag("hilum.images-stat"));
        away = true;
        lookAfter(5);
        assertTrue(Double.isNaN(watch.lag("hilum.images")));
    }

    @Test
    void aStuckThreadDoesNotHideBehindARunningStream() {
        lookAfter(0);
        lookAfter(30);
        assertEquals(Duration.ofSeconds(30), watch.stalled());
        committed.put(OTHERS, 50L);
        lookAfter(60);
        assertEquals(Duration.ofSeconds(90), watch.stalled(), "what others commit is no progress here");
        committed.put(MINE, 41L);
        lookAfter(5);
        assertEquals(Duration.ZERO, watch.stalled());
    }

    @Test
    void aQuietNightIsNoStall() {
        committed.putAll(ends);
        lookAfter(0);
        lookAfter(3600);
        assertEquals(Duration.ZERO, watch.stalled());
        ends.put(MINE, 101L);
        lookAfter(5);
        lookAfter(10);
        assertEquals(Duration.ofSeconds(15), watch.stalled(), "the time begins when the last look found nothing waiting");
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonToRestart() {
        lookAfter(0);
        away = true;
        lookAfter(600);
        assertEquals(Duration.ZERO, watch.stalled());
        away = false;
        lookAfter(5);
        assertEquals(Duration.ofSeconds(5), watch.stalled(), "afterwards the time begins anew");
    }

    @Test
    void neitherARebalanceNorRestoringIsAStall() {
        lookAfter(0);
        lookAfter(60);
        mine = Optional.empty();
        lookAfter(600);
        assertEquals(Duration.ZERO, watch.stalled());
        mine = Optional.of(Set.of(MINE));
        lookAfter(5);
        assertEquals(Duration.ZERO, watch.stalled(), "another share of the partitions begins anew");
    }

    @Test
    void aLookThatFailsIsNotTheLastOne() {
        mine = null;
        lookAfter(0);
        mine = Optional.of(Set.of(MINE));
        lookAfter(5);
        lookAfter(5);
        assertEquals(Duration.ofSeconds(5), watch.stalled());
    }

    private void lookAfter(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
        watch.look();
    }
}
