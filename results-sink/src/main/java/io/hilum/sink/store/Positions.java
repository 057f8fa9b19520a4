package io.hilum.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kafka offsets in the database: they move in the transaction that stores the records, so that a
 * record is stored exactly once whatever dies when. A position row is also the lock between two
 * instances: the one that finds another position than it expected gives way.
 */
public final class Positions {

    private Positions() {}

    /** Next offset by partition; partitions without a row, or of a topic that was made anew, start at 0. */
    public static Map<Integer, Long> read(Connection connection, String topic, String topicId) throws SQLException {
        return select(connection, topic, topicId, "");
    }

    /** The same, held until the transaction ends. */
    static Map<Integer, Long> lock(Connection connection, String topic, String topicId) throws SQLException {
        return select(connection, topic, topicId, " order by partition_no for update");
    }

    private static Map<Integer, Long> select(Connection connection, String topic, String topicId, String tail)
            throws SQLException {
        Map<Integer, Long> positions = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select partition_no, next_offset from kafka_position where topic = ? and topic_id = ?" + tail)) {
            Values.bind(select, topic, topicId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    static void write(Connection connection, String topic, String topicId, Map<Integer, Long> next) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into kafka_position (topic, partition_no, topic_id, next_offset) values (?, ?, ?, ?)
                on conflict (topic, partition_no) do update
                    set topic_id = excluded.topic_id, next_offset = excluded.next_offset""")) {
            for (Map.Entry<Integer, Long> each : next.entrySet()) {
                Values.bind(upsert, topic, each.getKey(), topicId, each.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }
}
