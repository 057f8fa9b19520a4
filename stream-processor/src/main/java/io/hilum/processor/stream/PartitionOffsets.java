package io.hilum.processor.stream;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What a broker knows about partitions; the calls may wait for it, and throw when it is away. */
interface PartitionOffsets extends AutoCloseable {

    /** The offset behind the last committed record. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions);

    /** Up to where the stream has committed; the first offset that is still there, where it has not. */
    Map<TopicPartition, Long> committed(Set<TopicPartition> partitions);

    @Override
    default void close() {}
}
