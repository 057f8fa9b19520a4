package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a release sees of an instance of stream-processor: it says that it lives before the constructor returns, and gives
 * every bundle that is staged on its line the same answer, through a broker.
 *
 * <p>Threading: a thread of its own follows the topic; the test's one starts it, asks and closes.
 */
final class AnsweringInstance implements AutoCloseable {

    private static final int REPEATED_EVERY_MS = 10_000;

    private final String name;
    private final String line;
    private final ModelState answer;
    private final List<Long> answered = new CopyOnWriteArrayList<>();
    private final KafkaProducer<String, ModelStatus> statuses;
    private final Thread thread;
    private volatile boolean closed;

    AnsweringInstance(String bootstrap, String name, String line, ModelState answer) {
        this.name = name;
        this.line = line;
        this.answer = answer;
        statuses = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), new StringSerializer(),
                EventSerde.<ModelStatus>of(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS).serializer());
        say(Slot.ACTIVE, ModelState.SERVING, 0);
        thread = new Thread(() -> follow(bootstrap), "instance-" + name);
        thread.start();
    }

    /** The generations whose staged bundle it answered to. */
    List<Long> answered() {
        return answered;
    }

    private void follow(String bootstrap) {
        try (KafkaConsumer<String, ModelRelease> releases = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"), new StringDeserializer(),
                EventSerde.<ModelRelease>of(Topics.MODELS, Topics.MODEL_RELEASE).deserializer())) {
            TopicEnd.read(releases, Topics.MODELS, record -> hear(record.value()));
            while (!closed) {
                releases.poll(Duration.ofMillis(50)).forEach(record -> hear(record.value()));
            }
        }
    }

    private void hear(ModelRelease release) {
        if (release.getLine().equals(line) && release.hasStaged()) {
            answered.add(release.getGeneration());
            say(Slot.STAGED, answer, release.getGeneration());
        }
    }

    private void say(Slot slot, ModelState state, long generation) {
        ModelStatus status = ModelStatus.newBuilder().setInstance(name).setLine(line).setSlot(slot).setState(state)
                .setGeneration(generation).setReason("as the test wants.").addServesOnly(line)
                .setAt(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis())).setRepeatedEveryMs(REPEATED_EVERY_MS).build();
        try {
            statuses.send(new ProducerRecord<>(Topics.MODEL_STATUS_TOPIC.name(), line + "/" + name + "/" + slot, status)).get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The instance " + name + " was interrupted.", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The instance " + name + " cannot speak.", failed);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        statuses.close();
    }
}
