package io.hilum.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that could not be used, kept with the reason so that the stream goes on. */
public final class PoisonStore {

    private static final int KEPT_BYTES = 64 << 10;

    private PoisonStore() {}

    public static Result store(Connection connection, SourceRecord record, String reason) throws SQLException {
        ConsumerRecord<byte[], byte[]> raw = record.raw();
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into poison_record values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")) {
            Values.bind(insert, raw.topic(), record.topicId(), raw.partition(), raw.offset(),
                    reason.replace("\0", ""), head(raw.key()), head(raw.value()),
                    raw.value() == null ? 0 : raw.value().length,
                    Instant.ofEpochMilli(Math.max(0, raw.timestamp())).atOffset(ZoneOffset.UTC), Values.now());
            Change change = new Change(Change.Kind.DEAD_LETTER, Map.of("kind", "POISON"));
            return new Result(Result.Effect.POISON, insert.executeUpdate() == 1 ? Optional.of(change) : Optional.empty());
        }
    }

    private static byte[] head(byte[] bytes) {
        return bytes == null || bytes.length <= KEPT_BYTES ? bytes : Arrays.copyOf(bytes, KEPT_BYTES);
    }
}
