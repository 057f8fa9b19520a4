package io.hilum.sink.feed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/** Where readers get consumers and the topics' ids. Threading: free to share. */
final class TopicSource {

    private static final long WAIT_SECONDS = 10;

    private final KafkaSettings settings;
    private final Admin admin;
    private final int batch;

    TopicSource(KafkaSettings settings, Admin admin, int batch) {
        this.settings = settings;
        this.admin = admin;
        this.batch = batch;
    }

    Consumer<byte[], byte[]> consumer(String topic) {
        return new KafkaConsumer<>(settings.consumer(topic, batch));
    }

    /** Kafka's id of the topic: another one means that the topic was deleted and made again. */
    String topicId(String topic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .get(topic).topicId().toString();
        } catch (ExecutionException failed) {
            throw new KafkaException("describing " + topic + ": " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("no answer within " + WAIT_SECONDS + " s when describing " + topic, late);
        }
    }
}
