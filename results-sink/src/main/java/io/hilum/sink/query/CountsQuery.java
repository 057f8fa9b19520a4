package io.hilum.sink.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** How many rows there are, for checks. Threading: free to share. */
@ApplicationScoped
public class CountsQuery {

    private final DataSource database;

    CountsQuery(DataSource database) {
        this.database = database;
    }

    /**
     * Rows.
     *
     * @param studies studies known, scored or not
     * @param scored studies with at least one revision of findings
     * @param revisions all revisions ever stored
     * @param findings finding rows of the newest revisions
     * @param refused refused at the door
     * @param quarantined accepted and stored, but not renderable
     * @param unprocessable records that stream-processor could not use
     * @param poison records that results-sink could not use
     */
    public record Counts(long studies, long scored, long revisions, long findings, long images, long heatMaps,
            long refused, long quarantined, long unprocessable, long poison) {}

    public Counts counts() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, """
                    select (select count(*) from study), (select count(*) from study where revision is not null),
                        (select count(*) from study_revision), (select count(*) from finding),
                        (select count(*) from image), (select count(*) from heat_map),
                        (select count(*) from dead_letter where kind = 'REFUSED_AT_DOOR'),
                        (select count(*) from dead_letter where kind = 'QUARANTINED'),
                        (select count(*) from dead_letter where kind = 'UNPROCESSABLE_RECORD'),
                        (select count(*) from poison_record)""",
                    row -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
                            row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10))).get(0);
        }
    }
}
