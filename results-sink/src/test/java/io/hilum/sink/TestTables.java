package io.hilum.sink;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Looks into the database beside the service. */
final class TestTables {

    private static final List<String> CONTENT = List.of("study", "study_revision", "study_line", "finding", "image",
            "image_score", "heat_map", "dead_letter", "model_status", "poison_record", "change_log");

    private TestTables() {}

    /** Every row of every table that holds content: its beginning and a digest of all of it. */
    static Map<String, List<String>> content(DataSource database) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        for (String table : CONTENT) {
            all.put(table, texts(database, "select left(t::text, 60) || md5(t::text) from " + table + " t order by 1"));
        }
        return all;
    }

    static List<String> texts(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
