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
     * The last word of one instance on one slot of one line.
     *
     * @param slot ACTIVE, STAGED or FALLBACK; empty from an instance that does not tell slots apart
     * @param state LOADED, REFUSED, SERVING or UNREACHABLE
     * @param reason why it was refused, or why the fallback serves, a sentence; or null
     * @param at when it was said, or said again
     * @param gone whether the instance was not heard for three of its own intervals
     */
    public record Status(String instance, String line, String slot, long generation, String version, String state, String reason,
            String engine, Instant at, boolean gone) {}

    /** A model version that scored current findings. */
    public record InUse(String line, String version, String bundleSha256, String engine, boolean trainedOnSynthetic,
            String notice, long studies, Instant lastScored) {}

    /** Of instances that lived within the last day. */
    public List<Status> statuses() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, """
                    select *, repeated_every_ms > 0 and at < now() - 3 * repeated_every_ms * interval '1 ms' gone
                    from model_status where not removed and (repeated_every_ms = 0 or at > now() - interval '1 day')
                    order by line, instance, slot""",
                    row -> new Status(row.getString("instance"), row.getString("line"), row.getString("slot"), row.getLong("generation"),
                            row.getString("version"), row.getString("state"), row.getString("reason"),
                            row.getString("engine"), Rows.time(row, "at"), row.getBoolean("gone")));
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
