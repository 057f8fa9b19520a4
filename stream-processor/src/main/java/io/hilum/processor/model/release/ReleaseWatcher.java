package io.hilum.processor.model.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Follows {@code hilum.models}: reads what is there, handles the last release of each line, then waits for
 * the next. A plain consumer without a group: every instance reads every release. A record without a value ends its line.
 *
 * <p>Total: a record that cannot be read is skipped, a lost broker is tried again; nothing ends this thread
 * but {@link #close()}.
 *
 * <p>Threading: one thread of its own, which also loads bundles, one after another; {@link #close()} from any other. The
 * thread asks for the lowest priority, which Linux grants only with {@code -XX:ThreadPriorityPolicy=1}. Either way the
 * self-test, a few batches, shares the processor with what serves; everything else of a load keeps one core busy at most.
 */
public final class ReleaseWatcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ReleaseWatcher.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Supplier<Consumer<String, Object>> source;
    private final Duration retry;
    private final ReleaseHandler handler;
    private final Thread thread = new Thread(this::follow, "hilum-releases");
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    /** By line; empty: the release was taken back. */
    private final Map<String, Optional<ModelRelease>> todo = new LinkedHashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile Consumer<String, Object> consumer;

    ReleaseWatcher(Map<String, String> clients, ReleaseHandler handler) {
        this(() -> open(clients), handler, RETRY);
    }

    /** @param source opens a new consumer, with nothing assigned yet */
    ReleaseWatcher(Supplier<Consumer<String, Object>> source, ReleaseHandler handler, Duration retry) {
        this.source = source;
        this.retry = retry;
        this.handler = handler;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** Whether releases are followed, or will be once it is started. */
    public boolean isAlive() {
        return thread.getState() != Thread.State.TERMINATED;
    }

    /** Why the last release does not serve as it says, as a sentence; empty when it does. */
    public String trouble() {
        return handler.trouble();
    }

    /**
     * Completes when all that was released at the start has been tried, and the lines that are wanted serve; one line
     * where none is named. Before that, images would go out without findings that they should have.
     */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        Consumer<String, Object> now = consumer;
        if (now != null) {
            now.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        while (!closed) {
            try (Consumer<String, Object> opened = source.get()) {
                consumer = opened;
                readToEnd(opened);
                while (!closed) {
                    handleAll();
                    take(opened.poll(todo.isEmpty() ? POLL : retry));
                }
            } catch (WakeupException stopping) {
                LOG.debug("close() was called; the loop's condition ends it");
            } catch (Throwable lost) {
                // An Error too: a thread that died silently would leave the house on an old model for ever.
                if (!closed) {
                    LOG.warnf(lost, "hilum.models cannot be followed: %s. It is tried again.", lost.getMessage());
                    pause();
                }
            } finally {
                consumer = null;
            }
        }
        handler.close();
    }

    private static Consumer<String, Object> open(Map<String, String> clients) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), tolerant());
    }

    private void readToEnd(Consumer<String, Object> from) {
        List<TopicPartition> partitions = from.partitionsFor(Topics.MODELS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        from.assign(partitions);
        from.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = from.endOffsets(partitions);
        while (!closed && ends.entrySet().stream().anyMatch(end -> from.position(end.getKey()) < end.getValue())) {
            take(from.poll(POLL));
        }
    }

    /** Only the last release of a line counts, and never an older generation than the one at hand. */
    private void take(ConsumerRecords<String, Object> records) {
        for (ConsumerRecord<String, Object> record : records) {
            if (record.value() == null && record.key() != null) {
                newest.remove(record.key());
                todo.put(record.key(), Optional.empty());
            } else if (record.value() instanceof ModelRelease release
                    && release.getGeneration() >= newest.getOrDefault(release.getLine(), Long.MIN_VALUE)) {
                newest.put(release.getLine(), release.getGeneration());
                todo.put(release.getLine(), Optional.of(release));
            } else if (record.value() instanceof Unreadable unreadable) {
                LOG.errorf("A record of hilum.models at offset %d is skipped: %s", record.offset(), unreadable.why());
            }
        }
    }

    private void handleAll() {
        for (Map.Entry<String, Optional<ModelRelease>> each : new ArrayList<>(todo.entrySet())) {
            if (!closed && handle(each.getKey(), each.getValue()) == LineHandler.Result.DONE) {
                todo.remove(each.getKey());
            }
        }
        if (handler.isReady()) {
            ready.complete(null);
        }
    }

    private LineHandler.Result handle(String line, Optional<ModelRelease> release) {
        if (release.isPresent()) {
            return handler.handle(release.get());
        }
        handler.remove(line);
        return LineHandler.Result.DONE;
    }

    private void pause() {
        try {
            closing.await(retry.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private record Unreadable(String why) {}

    private static Deserializer<Object> tolerant() {
        Deserializer<ModelRelease> strict = EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE).deserializer();
        return new Deserializer<>() {
            @Override
            public Object deserialize(String topic, byte[] bytes) {
                return deserialize(topic, null, bytes);
            }

            @Override
            public Object deserialize(String topic, org.apache.kafka.common.header.Headers headers, byte[] bytes) {
                try {
                    return headers == null ? strict.deserialize(topic, bytes) : strict.deserialize(topic, headers, bytes);
                } catch (RuntimeException broken) {
                    return new Unreadable(broken.getMessage());
                }
            }
        };
    }
}
