package io.hilum.sink.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The worklist: priority first, then who waits longest. Threading: free to share. */
@ApplicationScoped
public class WorklistQuery {

    private final DataSource database;

    WorklistQuery(DataSource database) {
        this.database = database;
    }

    /**
     * A page of the list.
     *
     * @param total studies that pass the filter
     * @param byPriority how many of them have each priority
     */
    public record Page(long total, Map<String, Long> byPriority, List<WorklistRow> rows) {}

    /** @param page from 0 */
    public Page page(WorklistFilter filter, int page, int size) throws SQLException {
        WorklistFilter.Condition condition = filter.condition();
        try (Connection connection = database.getConnection()) {
            // One snapshot for the counts, the rows and their findings.
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                return page(connection, condition, page, size);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private static Page page(Connection connection, WorklistFilter.Condition condition, int page, int size)
            throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String priority : List.of("STAT", "URGENT", "ROUTINE", "NONE")) {
            counts.put(priority, 0L);
        }
        Rows.list(connection, "select priority, count(*) from study where " + condition.sql() + " group by priority",
                row -> counts.put(row.getString(1), row.getLong(2)), condition.values().toArray());
        List<Object> values = new ArrayList<>(condition.values());
        values.add(size);
        values.add((long) page * size);
        List<WorklistRow> rows = Rows.list(connection, "select * from study where " + condition.sql()
                + " order by priority_rank desc, received, study_uid limit ? offset ?", WorklistQuery::row, values.toArray());
        return new Page(counts.values().stream().mapToLong(Long::longValue).sum(), counts, withFindings(connection, rows));
    }

    private static WorklistRow row(ResultSet row) throws SQLException {
        return new WorklistRow(row.getString("study_uid"), row.getString("priority"), row.getString("outcome"),
                row.getString("outcome_reason"), row.getString("status"), row.getObject("revision", Long.class),
                Patient.of(row), row.getString("accession_number"), row.getString("study_date"),
                row.getString("study_time"), row.getString("study_description"), row.getString("site"),
                Rows.time(row, "received"), Rows.time(row, "emitted"), row.getBoolean("synthetic"), null, 0, List.of());
    }

    private static List<WorklistRow> withFindings(Connection connection, List<WorklistRow> rows) throws SQLException {
        String[] uids = rows.stream().map(WorklistRow::studyUid).toArray(String[]::new);
        record Of<T>(String studyUid, T value) {}
        Map<String, List<FindingView>> findings = Rows.list(connection,
                        "select * from finding where study_uid = any(?) order by study_uid, probability desc",
                        row -> new Of<>(row.getString("study_uid"), FindingView.of(row)), (Object) uids)
                .stream().collect(Collectors.groupingBy(Of::studyUid, Collectors.mapping(Of::value, Collectors.toList())));
        Map<String, String> notices = Rows.list(connection, """
                        select study_uid, string_agg(distinct notice, ' ') notice from study_line
                        where study_uid = any(?) and notice is not null group by study_uid""",
                        row -> new Of<>(row.getString("study_uid"), row.getString("notice")), (Object) uids)
                .stream().collect(Collectors.toMap(Of::studyUid, Of::value));
        Map<String, Integer> images = Rows.list(connection,
                        "select study_uid, count(*) from image where study_uid = any(?) group by study_uid",
                        row -> new Of<>(row.getString(1), row.getInt(2)), (Object) uids)
                .stream().collect(Collectors.toMap(Of::studyUid, Of::value));
        return rows.stream().map(row -> new WorklistRow(row.studyUid(), row.priority(), row.outcome(), row.outcomeReason(),
                row.status(), row.revision(), row.patient(), row.accessionNumber(), row.studyDate(), row.studyTime(),
                row.description(), row.site(), row.received(), row.scored(), row.synthetic(), notices.get(row.studyUid()),
                images.getOrDefault(row.studyUid(), 0), findings.getOrDefault(row.studyUid(), List.of()))).toList();
    }
}
