package io.hilum.sink;

import com.google.protobuf.Message;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.StatusKey;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes as the other services do; returns when the broker has it. */
final class Topical implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, House.bootstrapServers(),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));

    void publish(StudyReceived study) throws InterruptedException {
        send(Topics.STUDIES, study.getStudyUid(), study);
    }

    void publish(StudyFindings findings) throws InterruptedException {
        send(Topics.FINDINGS, findings.getStudyUid(), findings);
    }

    void publish(StudyFindings findings, Headers headers) throws InterruptedException {
        send(Topics.FINDINGS, findings.getStudyUid(), findings, headers);
    }

    void publish(DeadLetter letter) throws InterruptedException {
        send(Topics.DEAD_LETTERS, letter.getStudyUid(), letter);
    }

    void publish(ModelStatus status) throws InterruptedException {
        send(Topics.MODEL_STATUS_TOPIC, keyOf(status), status);
    }

    /** As an instance does that has nothing in this slot any more. */
    void takeBack(ModelStatus status) throws InterruptedException {
        send(new ProducerRecord<>(Topics.MODEL_STATUS_TOPIC.name(), keyOf(status), null));
    }

    private static String keyOf(ModelStatus status) {
        return new StatusKey(status.getInstance(), status.getLine(), status.getSlot()).text();
    }

    private void send(Topic topic, String key, Message event) throws InterruptedException {
        send(topic, key, event, new RecordHeaders());
    }

    private void send(Topic topic, String key, Message event, Headers headers) throws InterruptedException {
        byte[] bytes = EventSerde.of(topic).serializer().serialize(topic.name(), headers, event);
        send(new ProducerRecord<>(topic.name(), null, key, bytes, headers));
    }

    /** Bytes that are no event. */
    void publishRaw(Topic topic, String key, byte[] bytes) throws InterruptedException {
        send(new ProducerRecord<>(topic.name(), key, bytes));
    }

    private void send(ProducerRecord<String, byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
