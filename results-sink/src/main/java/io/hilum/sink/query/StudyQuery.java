package io.hilum.sink.query;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hilum.contracts.event.StudyFindings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** One study with everything that is known of it. Threading: free to share. */
@ApplicationScoped
public class StudyQuery {

    private final DataSource database;

    StudyQuery(DataSource database) {
        this.database = database;
    }

    public Optional<StudyView> find(String uid) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                List<StudyView.Line> lines = lines(connection, uid);
                List<StudyView.Image> images = new StudyImages(connection, uid).read();
                List<StudyView.Revision> history = history(connection, uid);
                return Rows.list(connection, """
                        select study.*, (select min(emitted) from study_revision of_study
                            where of_study.study_uid = study.study_uid
                              and of_study.last_received = study.last_received) first_scored
                        from study where study_uid = ?""",
                        row -> view(row, lines, images, history), uid).stream().findFirst();
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private static StudyView view(ResultSet row, List<StudyView.Line> lines, List<StudyView.Image> images,
            List<StudyView.Revision> history) throws SQLException {
        String notice = lines.stream().map(StudyView.Line::notice).filter(text -> text != null).distinct()
                .collect(Collectors.joining(" "));
        WorklistRow study = new WorklistRow(row.getString("study_uid"), row.getString("priority"), row.getString("outcome"),
                row.getString("outcome_reason"), row.getString("status"), row.getObject("revision", Long.class),
                Patient.of(row), row.getString("accession_number"), row.getString("study_date"),
                row.getString("study_time"), row.getString("study_description"), row.getString("site"),
                Rows.time(row, "received"), Rows.time(row, "emitted"), row.getBoolean("synthetic"),
                notice.isEmpty() ? null : notice, images.size(),
                lines.stream().flatMap(line -> line.findings().stream()).toList());
        return new StudyView(study, row.getString("status_reason"), row.getString("priority_rule"),
                Rows.texts(row, "priority_inputs"), row.getString("birth_date"), row.getString("referring_physician"),
                row.getString("requested_procedure_id"), row.getString("placer_order_number"), lines, images, history,
                times(row));
    }

    private static StudyView.Times times(ResultSet row) throws SQLException {
        Instant last = Rows.time(row, "last_received");
        // A later revision without a new image, such as FINAL, does not make the scores younger.
        Instant scored = Rows.time(row, "first_scored");
        return new StudyView.Times(Rows.time(row, "received"), last, scored, Rows.time(row, "stored"),
                last == null || scored == null ? null : Duration.between(last, scored).toMillis());
    }

    private static List<StudyView.Line> lines(Connection connection, String uid) throws SQLException {
        record Placed(int line, FindingView finding) {}
        List<Placed> findings = Rows.list(connection, "select * from finding where study_uid = ? order by position",
                row -> new Placed(row.getInt("line_position"), FindingView.of(row)), uid);
        return Rows.list(connection, "select * from study_line where study_uid = ? order by position", row -> {
            int position = row.getInt("position");
            return new StudyView.Line(row.getString("line"), row.getString("version"), row.getString("bundle_sha256"),
                    row.getString("engine"), row.getBoolean("trained_on_synthetic"), row.getString("notice"),
                    findings.stream().filter(placed -> placed.line() == position).map(Placed::finding).toList());
        }, uid);
    }

    private static List<StudyView.Revision> history(Connection connection, String uid) throws SQLException {
        return Rows.list(connection, "select * from study_revision where study_uid = ? order by revision desc",
                StudyQuery::revision, uid);
    }

    private static StudyView.Revision revision(ResultSet row) throws SQLException {
        StudyFindings event;
        try {
            event = StudyFindings.parseFrom(row.getBytes("event"));
        } catch (InvalidProtocolBufferException broken) {
            throw new SQLException("revision " + row.getLong("revision") + " in study_revision is not protobuf", broken);
        }
        List<FindingView> findings = event.getLinesList().stream().flatMap(line -> line.getFindingsList().stream()
                .map(one -> new FindingView(line.getModel().getLine(), one.getLabel(), one.getProbability(),
                        one.hasOperatingPoint() ? one.getOperatingPoint() : null, one.getDecision().name(),
                        one.getSopInstanceUid()))).toList();
        return new StudyView.Revision(row.getLong("revision"), row.getString("status"), row.getString("status_reason"),
                row.getString("outcome"), row.getString("priority"), event.getPriority().getRule(),
                event.getPriority().getInputsList(), Rows.time(row, "emitted"), Rows.time(row, "stored"), findings);
    }
}
