package io.hilum.sink.store;

import io.hilum.contracts.topic.Topic;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Stores the records of one topic. Storing the same record twice changes nothing.
 *
 * <p>Threading: one feed thread calls it; implementations hold no state.
 */
public interface RecordStore {

    Topic topic();

    /**
     * @param connection in a transaction that the caller commits
     * @throws Rejected when the record itself is wrong; the caller keeps it as poison and goes on
     * @throws SQLException data errors (class 22, 23) count as the record's fault, all others as the database's
     */
    Result store(Connection connection, SourceRecord record) throws SQLException, Rejected;
}
