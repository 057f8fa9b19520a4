package io.hilum.processor.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HeadStartTest {

    @Test
    void anUrgentImageDoesNotWaitBehindABacklog() {
        assertEquals(1_000, new HeadStart(Duration.ofSeconds(9)).extract(at(10_000), 0));
        assertEquals(5_000, new HeadStart(Duration.ZERO).extract(at(5_000), 0));
    }

    @Test
    void aBrokenTimestampDropsNoRecord() {
        assertEquals(0, new HeadStart(Duration.ZERO).extract(at(-1), 0));
        assertEquals(0, new HeadStart(Duration.ofHours(1)).extract(at(10), 0));
    }

    private static ConsumerRecord<Object, Object> at(long timestamp) {
        return new ConsumerRecord<>("t", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, null, null,
                new RecordHeaders(), java.util.Optional.empty());
    }
}
