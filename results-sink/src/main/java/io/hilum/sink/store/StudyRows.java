package io.hilum.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** A study's row, which demographics or findings create, whichever comes first. */
final class StudyRows {

    private StudyRows() {}

    static void ensure(Connection connection, String uid, OffsetDateTime received) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into study (study_uid, received) values (?, ?) on conflict (study_uid) do nothing")) {
            Values.bind(insert, uid, received);
            insert.executeUpdate();
        }
    }
}
