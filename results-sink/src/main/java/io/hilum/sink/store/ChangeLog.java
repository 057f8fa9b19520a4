package io.hilum.sink.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What live pages are told, in commit order. Writers hold an advisory lock from their first change to
 * their commit: without it a smaller id could become visible after a larger one and be missed.
 */
public final class ChangeLog {

    private static final long LOCK = 0x48494c554dL;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeLog() {}

    /** A row of the log. */
    public record Entry(long id, String kind, String data) {}

    /** The ids that the log holds now; both 0 when it is empty. */
    public record Span(long first, long last) {}

    /** Call last in a transaction. */
    static void append(Connection connection, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into change_log (at, kind, data) values (?, ?, ?)")) {
            for (Change change : changes) {
                Values.bind(insert, Values.now(), change.kind().event(), json(change));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    public static List<Entry> after(Connection connection, long id, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, kind, data from change_log where id > ? order by id limit ?")) {
            Values.bind(select, id, limit);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return entries;
        }
    }

    public static Span span(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select coalesce(min(id), 0), coalesce(max(id), 0) from change_log");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Span(row.getLong(1), row.getLong(2));
        }
    }

    /** Keeps about the newest {@code kept} changes. */
    public static void trim(Connection connection, int kept) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from change_log where id < (select max(id) from change_log) - ?")) {
            delete.setLong(1, kept);
            delete.executeUpdate();
        }
    }

    private static String json(Change change) {
        try {
            return JSON.writeValueAsString(change.data());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a change holds what is no JSON", impossible);
        }
    }
}
