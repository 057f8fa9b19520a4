package io.hilum.quickstart.letters;

import io.hilum.contracts.serde.DeadLetterHeaders;
import io.hilum.contracts.topic.TopicSettings;
import io.hilum.quickstart.letters.Replayed.Result;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what a letter is about once more. Twice does no harm: an image that its study knows is a duplicate, and one that
 * was not scored gives way to the same image scored.
 *
 * <p>Threading: owned by one thread; {@link #close()} too.
 */
public final class Replay implements AutoCloseable {

    private static final long WAIT_SECONDS = 60;

    private final CommittedRecords records;
    private final Producer<byte[], byte[]> producer;
    private final Reconciliation door;
    private final boolean dryRun;

    /**
     * @param connection Kafka client settings, at least {@code bootstrap.servers}
     * @param records where origins are looked for; stays the caller's
     * @param door asked for stored objects; null when none was named
     * @param dryRun only look
     */
    public Replay(Map<String, Object> connection, CommittedRecords records, Reconciliation door, boolean dryRun) {
        this.records = records;
        this.door = door;
        this.dryRun = dryRun;
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSettings.MAX_RECORD_BYTES);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** One letter; returns when the broker has the record. */
    public Replayed replay(Letter letter) throws InterruptedException {
        Origin origin = Origin.of(letter, records);
        if (origin instanceof Origin.Found found) {
            return dryRun ? done(letter, Result.SENT, "would be sent again to " + found.topic().name())
                    : done(letter, Result.SENT, "sent again to " + place(send(letter, found)));
        }
        if (origin instanceof Origin.Stored stored) {
            return ofObject(letter, stored);
        }
        return done(letter, Result.REFUSED, "not sent: " + ((Origin.Nothing) origin).sentence());
    }

    @Override
    public void close() {
        producer.close();
    }

    private Replayed ofObject(Letter letter, Origin.Stored stored) throws InterruptedException {
        String where = "only its object is left (" + stored.uri() + ")";
        if (door == null) {
            return done(letter, Result.LEFT_TO_RECONCILE, "not sent: " + where + "; dicom-ingest announces it again with"
                    + " --door URL here, or with ./hilum reconcile" + (stored.quarantined() ? " --quarantined." : "."));
        }
        // One call announces all stored images that have no finding: the second letter needs no other.
        door.ask(dryRun, stored.quarantined());
        return done(letter, Result.ANNOUNCED, where + "; dicom-ingest " + (dryRun ? "would announce" : "announces")
                + " all stored images without a finding again: " + door.answer());
    }

    private RecordMetadata send(Letter letter, Origin.Found found) throws InterruptedException {
        Headers headers = new RecordHeaders(found.headers());
        headers.remove(DeadLetterHeaders.REPLAY_OF);
        headers.add(DeadLetterHeaders.REPLAY_OF, letter.id().toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = found.key().length == 0 ? null : found.key();
        try {
            return producer.send(new ProducerRecord<>(found.topic().name(), null, key, found.value(), headers))
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw new KafkaException("the broker did not take letter " + letter.id() + "'s record for "
                    + found.topic().name() + ": " + refused.getCause().getMessage(), refused.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("the broker did not take letter " + letter.id() + "'s record within " + WAIT_SECONDS
                    + " s; whether it has it is not known. Replaying it again does no harm.", late);
        }
    }

    private static String place(RecordMetadata where) {
        return where.topic() + "-" + where.partition() + "@" + where.offset();
    }

    private static Replayed done(Letter letter, Result result, String what) {
        String about = letter.about().isEmpty() ? "" : letter.about() + ": ";
        return new Replayed(letter.id(), result, about + what);
    }
}
