package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.StatusKey;
import io.hilum.contracts.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** The two topics of a release without a broker: what stands there at first, and what comes later. */
final class TopicMocks {

    private TopicMocks() {}

    static MockProducer<String, ModelRelease> producer() {
        return new MockProducer<>(true, null, new StringSerializer(), EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE).serializer());
    }

    static MockConsumer<String, ModelRelease> releases(ModelRelease... releases) {
        return holding(new TopicPartition(Topics.MODELS.name(), 0), ModelRelease::getLine, releases);
    }

    static MockConsumer<String, ModelStatus> statuses(ModelStatus... said) {
        return holding(new TopicPartition(Topics.MODEL_STATUS_TOPIC.name(), 0), TopicMocks::keyOf, said);
    }

    /** The next poll but those that are planned already finds this. */
    static void later(MockConsumer<String, ModelStatus> consumer, long offset, ModelStatus status) {
        consumer.schedulePollTask(() -> consumer.addRecord(
                new ConsumerRecord<>(Topics.MODEL_STATUS_TOPIC.name(), 0, offset, keyOf(status), status)));
    }

    static String keyOf(ModelStatus status) {
        return new StatusKey(status.getInstance(), status.getLine(), status.getSlot()).text();
    }

    @SafeVarargs
    private static <V> MockConsumer<String, V> holding(TopicPartition partition, Function<V, String> key, V... values) {
        MockConsumer<String, V> consumer = new MockConsumer<>("earliest");
        Node node = new Node(1, "broker", 9092);
        consumer.updatePartitions(partition.topic(),
                List.of(new PartitionInfo(partition.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, (long) values.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, i, key.apply(values[i]), values[i]));
            }
        });
        return consumer;
    }
}
