package io.hilum.processor.broker;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events to one topic; {@link #close()} returns when the broker has all of them. Owned by one thread. */
public final class Sender implements AutoCloseable {

    private final Topic topic;
    private final KafkaProducer<String, Message> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    public Sender(String bootstrap, Topic topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), new StringSerializer(),
                EventSerde.of(topic).serializer());
    }

    public void send(String key, Message event) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), key, event)));
    }

    @Override
    public void close() {
        try {
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        } finally {
            producer.close();
        }
    }
}
