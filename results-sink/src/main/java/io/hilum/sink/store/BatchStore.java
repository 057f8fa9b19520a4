package io.hilum.sink.store;

import io.hilum.sink.store.Result.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * One poll's records in one transaction: rows, poison, positions and changes commit together.
 *
 * <p>Threading: holds no state; each feed thread calls it with its own records.
 */
public final class BatchStore {

    private static final Logger LOG = Logger.getLogger(BatchStore.class);

    private final DataSource database;

    public BatchStore(DataSource database) {
        this.database = database;
    }

    /**
     * @param expected next offset by partition as this instance knows it; a partition without entry is at 0
     * @return what each record did, in their order
     * @throws PositionMoved nothing was stored, because the database stands elsewhere
     * @throws SQLException nothing was stored, because of the database: try again
     */
    public List<Effect> store(RecordStore store, String topicId, List<ConsumerRecord<byte[], byte[]>> records,
            Map<Integer, Long> expected) throws SQLException, PositionMoved {
        String topic = store.topic().name();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                requireUnmoved(topic, Positions.lock(connection, topic, topicId), expected, records);
                List<Effect> effects = new ArrayList<>(records.size());
                Map<Integer, Long> next = new TreeMap<>();
                List<Change> changes = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Result result = storeOne(connection, store, new SourceRecord(topicId, record));
                    effects.add(result.effect());
                    result.change().ifPresent(changes::add);
                    next.put(record.partition(), record.offset() + 1);
                }
                Positions.write(connection, topic, topicId, next);
                ChangeLog.append(connection, changes);
                connection.commit();
                return effects;
            } catch (SQLException | RuntimeException | PositionMoved failed) {
                rollback(connection, failed);
                throw failed;
            }
        }
    }

    private static void requireUnmoved(String topic, Map<Integer, Long> found, Map<Integer, Long> expected,
            List<ConsumerRecord<byte[], byte[]>> records) throws PositionMoved {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int partition = record.partition();
            long here = expected.getOrDefault(partition, 0L);
            long there = found.getOrDefault(partition, 0L);
            if (here != there) {
                throw new PositionMoved(topic, partition, here, there);
            }
        }
    }

    /** A savepoint a record: a wrong one takes only itself along. */
    private static Result storeOne(Connection connection, RecordStore store, SourceRecord record) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Result result = store.store(connection, record);
            connection.releaseSavepoint(before);
            return result;
        } catch (Rejected | RuntimeException wrong) {
            return poison(connection, before, record, wrong);
        } catch (SQLException failed) {
            if (!isDataError(failed)) {
                throw failed;
            }
            return poison(connection, before, record, failed);
        }
    }

    private static Result poison(Connection connection, Savepoint before, SourceRecord record, Exception wrong)
            throws SQLException {
        connection.rollback(before);
        ConsumerRecord<byte[], byte[]> raw = record.raw();
        String reason = wrong instanceof Rejected ? wrong.getMessage() : wrong.getClass().getSimpleName() + ": " + wrong.getMessage();
        LOG.errorf("Record %s/%d offset %d cannot be stored and was skipped to poison_record: %s",
                raw.topic(), raw.partition(), raw.offset(), reason);
        return PoisonStore.store(connection, record, reason);
    }

    /** SQL classes 22 (data exception) and 23 (integrity): the record's fault. All others are the database's. */
    private static boolean isDataError(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static void rollback(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException also) {
            failed.addSuppressed(also);
        }
    }
}
