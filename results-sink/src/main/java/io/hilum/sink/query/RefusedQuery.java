package io.hilum.sink.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Everything that did not become findings, newest first. Threading: free to share. */
@ApplicationScoped
public class RefusedQuery {

    /** Dead letters and this service's own poison in one shape. */
    private static final String ALL = """
            select kind, cause_code, cause, detail, sender, site, study_uid, sop_instance_uid, object_uri,
                   origin_service, origin_topic, origin_partition, origin_offset, at from dead_letter
            union all
            select 'POISON', 'poison-record', reason, null, null, null, null, null, null,
                   'results-sink', topic, partition_no, topic_offset, at from poison_record""";

    private final DataSource database;

    RefusedQuery(DataSource database) {
        this.database = database;
    }

    /**
     * One refusal.
     *
     * @param kind REFUSED_AT_DOOR, QUARANTINED, UNPROCESSABLE_RECORD, or POISON (results-sink's own)
     * @param cause what was wrong, where, what to do
     */
    public record Refused(String kind, String causeCode, String cause, String detail, String sender, String site,
            String studyUid, String sopInstanceUid, String objectUri, String originService, String originTopic,
            Integer originPartition, Long originOffset, Instant at) {}

    /** A page of refusals. */
    public record Page(long total, Map<String, Long> byKind, List<Refused> rows) {}

    /** @param kind null for all */
    public Page page(String kind, int page, int size) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (String known : List.of("REFUSED_AT_DOOR", "QUARANTINED", "UNPROCESSABLE_RECORD", "POISON")) {
                counts.put(known, 0L);
            }
            Rows.list(connection, "select kind, count(*) from (" + ALL + ") everything group by kind",
                    row -> counts.put(row.getString(1), row.getLong(2)));
            List<Refused> rows = Rows.list(connection, "select * from (" + ALL
                    + ") everything where kind = coalesce(?, kind) order by at desc limit ? offset ?",
                    row -> new Refused(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                            row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getString(9),
                            row.getString(10), row.getString(11), row.getObject(12, Integer.class),
                            row.getObject(13, Long.class), Rows.time(row, "at")), kind, size, (long) page * size);
            long total = kind == null ? counts.values().stream().mapToLong(Long::longValue).sum()
                    : counts.getOrDefault(kind, 0L);
            return new Page(total, counts, rows);
        }
    }
}
