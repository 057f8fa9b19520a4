package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Sent;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends records at a steady rate and writes down each that a broker acknowledged. It never gives a record up: when a send
 * fails for good, nobody knows whether the record is there, and the run is void.
 *
 * <p>Threading: a thread of its own sends, the producer's counts; the getters are free.
 */
final class Sender implements AutoCloseable {

    private static final long MOST_BEHIND = TimeUnit.SECONDS.toNanos(2);

    private final StudySource source;
    private final long gapNanos;
    private final JsonLines ledger;
    private final Producer<String, byte[]> producer;
    private final Thread thread = new Thread(this::send, "sender");
    private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicLong handedOver = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong letters = new AtomicLong();
    private final Set<String> studies = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private volatile Throwable failure;

    private record Wish(Sent.Kind kind, CompletableFuture<Sent> sent) {}

    Sender(String bootstrap, StudySource source, double rate, JsonLines ledger) {
        this.source = source;
        this.gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        this.ledger = ledger;
        this.producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers", bootstrap,
                "acks", "all",
                "enable.idempotence", "true",
                "linger.ms", "2",
                "max.block.ms", Integer.MAX_VALUE,
                "delivery.timeout.ms", Integer.MAX_VALUE,
                "request.timeout.ms", "10000"), new StringSerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A poison record as soon as possible; the answer comes when a broker has it. */
    CompletableFuture<Sent> poison(Sent.Kind kind) {
        Wish wish = new Wish(kind, new CompletableFuture<>());
        wishes.add(wish);
        return wish.sent;
    }

    /** Distinct images that brokers have: as many must be merged. */
    long images() {
        return images.get();
    }

    /** Records that must become dead letters. */
    long letters() {
        return letters.get();
    }

    /** Studies that must get findings. */
    int studies() {
        return studies.size();
    }

    /** @throws IllegalStateException when it is not known any more what was sent */
    void requireSound() {
        if (failure != null) {
            throw new IllegalStateException("The run is void, a record could not be sent: " + failure, failure);
        }
    }

    /** Sends what was held back, and returns when brokers have everything. */
    void finish() throws InterruptedException {
        stopping = true;
        thread.join();
        producer.flush();
        requireSound();
        if (acknowledged.get() != handedOver.get()) {
            throw new IllegalStateException("The run is void: %d of %d records were acknowledged.".formatted(acknowledged.get(), handedOver.get()));
        }
    }

    @Override
    public void close() {
        stopping = true;
        producer.close();
    }

    private void send() {
        try {
            long due = System.nanoTime();
            while (!stopping || !wishes.isEmpty()) {
                Wish wish = wishes.poll();
                if (wish != null) {
                    send(source.poison(wish.kind), wish.sent);
                } else {
                    send(source.next(), new CompletableFuture<>());
                    due = Math.max(due + gapNanos, System.nanoTime() - MOST_BEHIND);
                    while (System.nanoTime() - due < 0 && wishes.isEmpty()) {
                        LockSupport.parkNanos(Math.min(due - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(20)));
                    }
                }
            }
            for (Optional<Outgoing> film = source.nextLate(); film.isPresent(); film = source.nextLate()) {
                send(film.get(), new CompletableFuture<>());
            }
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    private void send(Outgoing record, CompletableFuture<Sent> sent) {
        long now = Clock.micros();
        RecordHeaders headers = new RecordHeaders();
        byte[] value = record.event().map(event -> bytes(record.topic(), headers, event, now)).orElse(record.garbage());
        handedOver.incrementAndGet();
        producer.send(new ProducerRecord<>(record.topic(), null, record.key(), value, headers), (where, failed) -> {
            if (failed != null) {
                failure = failed;
                sent.completeExceptionally(failed);
                return;
            }
            Sent line = record.sent(where.partition(), where.offset(), now);
            ledger.write(line);
            count(line);
            sent.complete(line);
        });
    }

    private void count(Sent line) {
        if (line.kind().isMerged()) {
            studies.add(line.study());
            images.incrementAndGet();
        }
        if (line.kind().letter() != null) {
            letters.incrementAndGet();
        }
        acknowledged.incrementAndGet();
    }

    private static byte[] bytes(String topic, RecordHeaders headers, ImageReceived event, long now) {
        ImageReceived dated = event.toBuilder().setTimes(DoorTimes.newBuilder().setReceived(now).setPublished(now)).build();
        return (topic.equals(Topics.IMAGES_STAT.name()) ? EventSerde.of(Topics.IMAGES_STAT) : EventSerde.of(Topics.IMAGES))
                .serializer().serialize(topic, headers, dated);
    }
}
