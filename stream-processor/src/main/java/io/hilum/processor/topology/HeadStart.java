package io.hilum.processor.topology;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Makes urgent records look older than they are: of a task's buffered records Kafka Streams takes the one
 * with the oldest timestamp first.
 *
 * <p>The head start is also the limit: a routine record that has waited longer than this is not overtaken
 * any more, so a flood of urgent work cannot starve it for ever.
 *
 * <p>Negative timestamps, which Kafka Streams would stop at or drop, count as zero.
 */
final class HeadStart implements TimestampExtractor {

    private final long millis;

    /** @param headStart how far urgent records are dated back; zero for routine records */
    HeadStart(Duration headStart) {
        this.millis = headStart.toMillis();
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp() - millis);
    }
}
