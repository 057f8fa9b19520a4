package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.text;
import static io.hilum.sink.store.Values.time;

import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.PriorityDecision;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Findings, once per study UID + revision: every revision goes to the history, the newest one is the
 * current state. An older revision that arrives late never replaces a newer one.
 */
@ApplicationScoped
public class FindingsStore implements RecordStore {

    @Override
    public Topic topic() {
        return Topics.FINDINGS;
    }

    @Override
    public Result store(Connection connection, SourceRecord record) throws SQLException, Rejected {
        StudyFindings findings = record.event(Topics.FINDINGS, Topics.STUDY_FINDINGS);
        String uid = Values.uid(findings.getStudyUid(), "study UID");
        if (findings.getRevision() < 1) {
            throw new Rejected("Revision " + findings.getRevision() + " of study " + uid + " is not a revision: they start at 1.");
        }
        Outcome outcome = Outcome.of(findings);
        OffsetDateTime now = Values.now();
        StudyRows.ensure(connection, uid, received(findings, now));
        Long current = lockRevision(connection, uid);
        if (!insertRevision(connection, uid, findings, outcome, record.raw().value(), now)) {
            return Result.unchanged(Result.Effect.KNOWN);
        }
        if (current != null && current >= findings.getRevision()) {
            return Result.unchanged(Result.Effect.OLDER);
        }
        updateStudy(connection, uid, findings, outcome, now);
        FindingsRows.replace(connection, uid, findings);
        return Result.stored(change(uid, findings, outcome, current));
    }

    private static OffsetDateTime received(StudyFindings findings, OffsetDateTime otherwise) {
        long first = findings.getTimes().getFirstReceived();
        return first == 0 ? otherwise : time(first);
    }

    private static Long lockRevision(Connection connection, String uid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select revision from study where study_uid = ? for update")) {
            select.setString(1, uid);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getObject(1, Long.class);
            }
        }
    }

    private static boolean insertRevision(Connection connection, String uid, StudyFindings findings, Outcome outcome,
            byte[] event, OffsetDateTime now) throws SQLException, Rejected {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into study_revision
                    (study_uid, revision, status, status_reason, outcome, priority, last_received, emitted, stored,
                    event)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (study_uid, revision) do nothing""")) {
            bind(insert, uid, findings.getRevision(), Values.name(findings.getStatus()),
                    text(findings.getStatusReason()), outcome.kind().name(), priority(findings.getPriority()),
                    time(findings.getTimes().getLastReceived()), time(findings.getTimes().getEmitted()), now, event);
            return insert.executeUpdate() == 1;
        }
    }

    private static void updateStudy(Connection connection, String uid, StudyFindings findings, Outcome outcome,
            OffsetDateTime now) throws SQLException, Rejected {
        PriorityDecision priority = findings.getPriority();
        Array inputs = connection.createArrayOf("text", priority.getInputsList().stream()
                .map(input -> input.replace("\0", "")).toArray());
        try (PreparedStatement update = connection.prepareStatement("""
                update study set revision = ?, status = ?, status_reason = ?, outcome = ?, outcome_reason = ?,
                    priority = ?, priority_rank = ?, priority_rule = ?, priority_inputs = ?,
                    site = coalesce(?, site), synthetic = ?, patient_key = ?, age_years = ?, findings_sex = ?,
                    last_received = ?, emitted = ?, stored = ?, received = least(received, ?)
                where study_uid = ?""")) {
            bind(update, findings.getRevision(), Values.name(findings.getStatus()), text(findings.getStatusReason()),
                    outcome.kind().name(), text(outcome.reason() == null ? "" : outcome.reason()),
                    priority(priority), rank(priority.getPriority()), text(priority.getRule()), inputs,
                    text(findings.getSite()), findings.getSynthetic(), text(findings.getPatientKey()),
                    findings.hasAgeYears() ? findings.getAgeYears() : null, Values.name(findings.getSex()),
                    time(findings.getTimes().getLastReceived()), time(findings.getTimes().getEmitted()), now,
                    received(findings, now), uid);
            update.executeUpdate();
        } finally {
            inputs.free();
        }
    }

    private static String priority(PriorityDecision decision) throws Rejected {
        String name = Values.name(decision.getPriority());
        return decision.getPriority() == Priority.PRIORITY_NONE ? "NONE" : name;
    }

    /** The worklist's order; spelled out, because a new constant must not slip in by its number. */
    private static int rank(Priority priority) throws Rejected {
        return switch (priority) {
            case STAT -> 3;
            case URGENT -> 2;
            case ROUTINE -> 1;
            case PRIORITY_NONE -> 0;
            case UNRECOGNIZED -> throw new Rejected("The priority is unknown to this version. Upgrade results-sink.");
        };
    }

    private static Change change(String uid, StudyFindings findings, Outcome outcome, Long before) throws Rejected {
        Map<String, Object> data = new HashMap<>();
        data.put("studyUid", uid);
        data.put("revision", findings.getRevision());
        data.put("priority", priority(findings.getPriority()));
        data.put("outcome", outcome.kind().name());
        data.put("first", before == null);
        return new Change(Change.Kind.STUDY, data);
    }
}
