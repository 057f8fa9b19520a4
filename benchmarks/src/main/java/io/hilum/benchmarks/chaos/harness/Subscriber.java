package io.hilum.benchmarks.chaos.harness;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A read-committed subscriber while the run goes on: how far it is, how late findings are, which models serve. What the
 * check says does not depend on it.
 *
 * <p>Threading: a thread of its own reads; the getters are free.
 */
final class Subscriber implements AutoCloseable {

    private final Consumer<String, byte[]> consumer;
    private final LatencyLog latencies;
    private final Thread thread = new Thread(this::read, "subscriber");
    private final Set<String> studies = ConcurrentHashMap.newKeySet();
    private final Set<String> unfinished = ConcurrentHashMap.newKeySet();
    private final Set<String> letters = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> serving = new ConcurrentHashMap<>();
    private final Map<String, Long> loaded = new ConcurrentHashMap<>();
    private volatile long merged;
    private volatile long lastNews = System.nanoTime();
    private volatile Throwable failure;
    private volatile boolean closed;

    Subscriber(String bootstrap, LatencyLog latencies) {
        this.latencies = latencies;
        consumer = TopicReader.open(bootstrap, "read_committed", List.of(Topics.FINDINGS, Topics.DEAD_LETTERS, Topics.MODEL_STATUS_TOPIC));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Images that revisions named as new. */
    long merged() {
        return merged;
    }

    /** Studies of which there are findings. */
    int studies() {
        return studies.size();
    }

    /** Studies whose last revision is PRELIMINARY. */
    int unfinished() {
        return unfinished.size();
    }

    /** Records that have a dead letter. */
    int letters() {
        return letters.size();
    }

    boolean hasLetterOf(String topic, int partition, long offset) {
        return letters.contains(topic + "/" + partition + "/" + offset);
    }

    /** The newest generation of releases of which an instance said that it serves it; 0 where it said nothing. */
    long serves(String instance) {
        return serving.getOrDefault(instance, 0L);
    }

    /** The newest generation of which an instance said that a bundle is loaded. */
    long loaded(String instance) {
        return loaded.getOrDefault(instance, 0L);
    }

    /** How long nothing has come. */
    Duration quiet() {
        if (failure != null) {
            throw new IllegalStateException("The subscriber cannot read any more: " + failure, failure);
        }
        return Duration.ofNanos(System.nanoTime() - lastNews);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    take(record, Clock.micros());
                }
            }
        } catch (WakeupException stopping) {
            closed = true;
        } catch (RuntimeException | InvalidProtocolBufferException broken) {
            failure = broken;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, long now) throws InvalidProtocolBufferException {
        if (record.topic().equals(Topics.FINDINGS.name())) {
            lastNews = System.nanoTime();
            take(StudyFindings.parseFrom(record.value()), now);
        } else if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            lastNews = System.nanoTime();
            DeadLetter letter = DeadLetter.parseFrom(record.value());
            letters.add(letter.getOrigin().getTopic() + "/" + letter.getOrigin().getPartition() + "/" + letter.getOrigin().getOffset());
        } else if (record.value() != null) {
            // Without a value: an instance that stops takes its status back.
            ModelStatus status = ModelStatus.parseFrom(record.value());
            (status.getState() == ModelState.SERVING ? serving : loaded).merge(status.getInstance(), status.getGeneration(), Math::max);
        }
    }

    private void take(StudyFindings findings, long now) {
        String study = findings.getStudyUid();
        if (findings.getStatus() == FindingsStatus.PRELIMINARY) {
            unfinished.add(study);
        } else {
            unfinished.remove(study);
        }
        studies.add(study);
        for (String fresh : findings.getNewSopInstanceUidsList()) {
            merged++;
            for (ImageFindings image : findings.getImagesList()) {
                if (image.getSopInstanceUid().equals(fresh)) {
                    latencies.add(image.getTimes().getDoor().getReceived(), now, image.getScope() == Scope.IN_SCOPE);
                }
            }
        }
    }
}
