package io.hilum.quickstart.letters;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The letters on {@code hilum.dead-letters}. A record there that is no letter is told and passed over.
 *
 * <p>Threading: as {@link CommittedRecords}, which it does not own.
 */
public final class LetterBox {

    private static final String TOPIC = Topics.DEAD_LETTERS.name();

    private final CommittedRecords records;
    private final Consumer<String> remarks;
    private final Deserializer<DeadLetter> reader = EventSerde.of(Topics.DEAD_LETTERS, Topics.DEAD_LETTER).deserializer();

    /** @param remarks gets a sentence for each record that is no letter */
    public LetterBox(CommittedRecords records, Consumer<String> remarks) {
        this.records = records;
        this.remarks = remarks;
    }

    /**
     * Every letter that the filter wants, the oldest first.
     *
     * @param progress told how many offsets of how many are read
     */
    public void read(LetterFilter filter, Consumer<Letter> each, BiConsumer<Long, Long> progress) {
        records.read(TOPIC, filter.since(), record -> letter(record).filter(filter::matches).ifPresent(each), progress);
    }

    /** @throws NoSuchElementException with a sentence when there is no such letter */
    public Letter get(LetterId id) {
        return records.at(new TopicPartition(TOPIC, id.partition()), id.offset()).flatMap(this::letter)
                .orElseThrow(() -> new NoSuchElementException("There is no dead letter " + id + " on " + TOPIC
                        + ". ./hilum dead-letters list shows those that are there."));
    }

    private Optional<Letter> letter(ConsumerRecord<byte[], byte[]> record) {
        try {
            DeadLetter body = reader.deserialize(TOPIC, record.headers(), record.value());
            if (body != null) {
                return Optional.of(Letter.of(record, body));
            }
            remarks.accept("Record " + record.partition() + "-" + record.offset() + " is empty and no dead letter.");
        } catch (RuntimeException foreign) {
            remarks.accept("Record " + record.partition() + "-" + record.offset() + " is no dead letter: " + foreign.getMessage());
        }
        return Optional.empty();
    }
}
