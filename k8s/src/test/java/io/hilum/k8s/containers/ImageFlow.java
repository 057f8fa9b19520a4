package io.hilum.k8s.containers;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Images that keep coming while something is done to the cluster: sent from outside, as many as the subscriber's answers
 * leave room for, so that a backlog is always there and no pace is set by a clock.
 *
 * <p>Threading: a thread of its own sends from construction until {@link #finish}; the rest is the test's thread's.
 */
final class ImageFlow implements AutoCloseable {

    static final int IMAGES_EACH = 3;

    private static final int UNANSWERED = 90;
    /** Studies whose images are sent in turn, so that a study's images lie apart. */
    private static final int TOGETHER = 10;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Films films;
    private final Subscriber subscriber;
    private final List<SentStudy> ledger;
    private final String during;
    private final KafkaProducer<String, Message> producer;
    private final Thread sender = new Thread(this::send, "images");
    private volatile boolean stopping;
    private volatile Exception failure;

    /**
     * @param ledger what was sent before; what this flow sends is added when it is acknowledged
     * @param during what is done to the cluster meanwhile
     */
    ImageFlow(String bootstrap, Films films, Subscriber subscriber, List<SentStudy> ledger, String during) {
        this.films = films;
        this.subscriber = subscriber;
        this.ledger = ledger;
        this.during = during;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "linger.ms", 5, "delivery.timeout.ms", 120_000),
                new StringSerializer(), EventSerde.of(Topics.IMAGES).serializer());
        sender.setDaemon(true);
        sender.start();
    }

    /** Returns when so many more images have findings than have now; fails when they do not come. */
    void awaitMore(int images, String when) {
        int target = subscriber.images() + images;
        Awaitility.await(images + " more images are scored " + when + ", " + during).atMost(LIMIT)
                .failFast("the sender has failed", () -> failure != null)
                .until(() -> subscriber.images() >= target);
    }

    /** Sends no more, and returns when the broker has all of it and every image has findings. */
    void finish() throws Exception {
        stopping = true;
        sender.join();
        if (failure != null) {
            throw new IllegalStateException("images could not be sent " + during, failure);
        }
        int all = ledger.stream().mapToInt(study -> study.images().size()).sum();
        Awaitility.await("all images that were sent " + during + " are scored").atMost(LIMIT)
                .until(() -> subscriber.images() >= all);
    }

    @Override
    public void close() {
        stopping = true;
        sender.interrupt();
        producer.close(Duration.ZERO);
    }

    private void send() {
        int first = ledger.size();
        try {
            while (!stopping) {
                sendTogether(first);
                first += TOGETHER;
            }
        } catch (Exception failed) {
            failure = failed;
        }
    }

    private void sendTogether(int first) throws Exception {
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (int image = 0; image < IMAGES_EACH; image++) {
            for (int study = first; study < first + TOGETHER; study++) {
                subscriber.awaitFewerUnanswered(first * IMAGES_EACH + acknowledgements.size(), UNANSWERED);
                acknowledgements.add(producer.send(
                        new ProducerRecord<>(Topics.IMAGES.name(), Films.study(study), films.image(study, image))));
            }
        }
        for (Future<?> each : acknowledgements) {
            each.get();
        }
        for (int study = first; study < first + TOGETHER; study++) {
            int number = study;
            ledger.add(new SentStudy(Films.study(study),
                    IntStream.range(0, IMAGES_EACH).mapToObj(image -> Films.sop(number, image)).toList(), during));
        }
    }
}
