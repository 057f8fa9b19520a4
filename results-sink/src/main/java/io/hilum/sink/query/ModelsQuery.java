package io.hilum.sink.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Models: what instances say of them, and which of them scored what is on the worklist. Threading: free to share. */
@ApplicationScoped
public class ModelsQuery {

    private final DataSource database;

    ModelsQuery(DataSource database) {
        this.database = database;
    }

    /**
     * The last word of one instance on one line.
     *
     * @param state LOADED, REFUSED or SERVING
     * @param reason why it was refused, a sentence; or null
     */
    public record Status(String instance, String line, long generation, String version, String state, String reason,
            String engine, Instant at) {}

    /** A model version that scored current findings. */
    public record InUse(String line, String version, String bundleSha256, String engine, boolean trainedOnSynthetic,
            String notice, long studies, Instant lastScored) {}

    public List<Status> statuses() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, "select * from model_status order by line, instance",
                    row -> new Status(row.getString("instance"), row.getString("line"), row.getLong("generation"),
                            row.getString("version"), row.getString("state"), row.getString("reason"),
                            row.getString("engine"), Rows.time(row, "at")));
        }
    }

    public List<InUse> inUse() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, """
                    select line, version, bundle_sha256, engine, trained_on_synthetic, notice, count(*) studies,
                           max(emitted) last_scored
                    from study_line natural join (select study_uid, emitted from study) newest
                    group by 1, 2, 3, 4, 5, 6 order by last_scored desc nulls last""",
                    row -> new InUse(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                            row.getBoolean(5), row.getString(6), row.getLong(7), Rows.time(row, "last_scored")));
        }
    }
}
