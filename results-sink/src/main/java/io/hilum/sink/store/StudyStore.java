package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.text;

import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * Demographics from {@code hilum.studies}. The topic has no revision; a study's records share a
 * partition, so that the higher offset of the same topic is the newer one.
 */
@ApplicationScoped
public class StudyStore implements RecordStore {

    @Override
    public Topic topic() {
        return Topics.STUDIES;
    }

    @Override
    public Result store(Connection connection, SourceRecord record) throws SQLException, Rejected {
        if (record.raw().value() == null) {
            // The compacted topic's tombstone. Withdrawal comes as findings; rows are kept until then.
            return Result.unchanged(Result.Effect.KNOWN);
        }
        StudyReceived study = record.event(Topics.STUDIES, Topics.STUDY_RECEIVED);
        String uid = Values.uid(study.getStudyUid(), "study UID");
        OffsetDateTime received = study.getReceived() == 0 ? Values.now() : Values.time(study.getReceived());
        StudyRows.ensure(connection, uid, received);
        if (!isNewer(connection, uid, record)) {
            return Result.unchanged(Result.Effect.KNOWN);
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update study set patient_name = ?, patient_id = ?, issuer_of_patient_id = ?, birth_date = ?, sex = ?,
                    accession_number = ?, study_date = ?, study_time = ?, study_description = ?,
                    referring_physician = ?, requested_procedure_id = ?, placer_order_number = ?,
                    site = coalesce(?, site), received = least(received, ?),
                    demographics_topic_id = ?, demographics_offset = ?
                where study_uid = ?""")) {
            bind(update,
                    text(study.getPatientName()), text(study.getPatientId()), text(study.getIssuerOfPatientId()),
                    text(study.getBirthDate()), Values.name(study.getSex()), text(study.getAccessionNumber()),
                    text(study.getStudyDate()), text(study.getStudyTime()), text(study.getStudyDescription()),
                    text(study.getReferringPhysician()), text(study.getRequestedProcedureId()),
                    text(study.getPlacerOrderNumber()), text(study.getSite()), received,
                    record.topicId(), record.raw().offset(), uid);
            update.executeUpdate();
        }
        return Result.stored(new Change(Change.Kind.STUDY, Map.of("studyUid", uid)));
    }

    private static boolean isNewer(Connection connection, String uid, SourceRecord record) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select demographics_topic_id, demographics_offset from study where study_uid = ? for update")) {
            select.setString(1, uid);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return record.isAfter(row.getString(1), row.getObject(2, Long.class));
            }
        }
    }
}
