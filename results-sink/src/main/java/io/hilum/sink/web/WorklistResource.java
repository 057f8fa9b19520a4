package io.hilum.sink.web;

import io.hilum.contracts.Disclaimer;
import io.hilum.sink.feed.Feeds;
import io.hilum.sink.query.WorklistFilter;
import io.hilum.sink.query.WorklistQuery;
import io.hilum.sink.query.WorklistRow;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code GET /api/worklist}: studies by priority, then by waiting time. */
@Path("/api/worklist")
@Produces(MediaType.APPLICATION_JSON)
public class WorklistResource {

    private final WorklistQuery worklist;
    private final Feeds feeds;

    WorklistResource(WorklistQuery worklist, Feeds feeds) {
        this.worklist = worklist;
        this.feeds = feeds;
    }

    /** The answer. */
    public record Answer(String disclaimer, FeedView feed, int page, int size, long total, Map<String, Long> byPriority,
            List<WorklistRow> studies) {}

    /**
     * @param priority repeatable: STAT, URGENT, ROUTINE, NONE
     * @param status repeatable: RECEIVED, PRELIMINARY, FINAL, AMENDED, WITHDRAWN
     * @param text part of name, patient ID, accession number, description or study UID
     * @param since ISO 8601 instant; received at or after
     * @param hours the same, counted back from now; 0 for no limit
     */
    @GET
    public Answer list(@QueryParam("priority") Set<String> priority, @QueryParam("status") Set<String> status,
            @QueryParam("q") String text, @QueryParam("since") String since,
            @QueryParam("hours") @DefaultValue("0") int hours, @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("100") int size) throws SQLException {
        Paging.check(page, size);
        WorklistQuery.Page found = worklist.page(new WorklistFilter(priority, status, text, since(since, hours)), page, size);
        return new Answer(Disclaimer.TEXT, FeedView.of(feeds), page, size, found.total(), found.byPriority(), found.rows());
    }

    private static Instant since(String since, int hours) {
        if (hours < 0 || hours > 1_000_000) {
            throw Problem.wrongRequest("hours is " + hours + "; use 0 for no limit, or how far to look back.");
        }
        try {
            return since != null ? Instant.parse(since) : hours == 0 ? null : Instant.now().minus(Duration.ofHours(hours));
        } catch (DateTimeParseException wrong) {
            throw Problem.wrongRequest("since is '" + since + "'; use an instant like 2026-01-31T23:59:00Z.");
        }
    }
}
