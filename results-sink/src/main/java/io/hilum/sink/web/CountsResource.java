package io.hilum.sink.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hilum.contracts.Disclaimer;
import io.hilum.sink.feed.Feeds;
import io.hilum.sink.query.CountsQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** {@code GET /api/counts}: how many rows there are, and whether the feeds are up to date. */
@Path("/api/counts")
@Produces(MediaType.APPLICATION_JSON)
public class CountsResource {

    private final CountsQuery counts;
    private final Feeds feeds;

    CountsResource(CountsQuery counts, Feeds feeds) {
        this.counts = counts;
        this.feeds = feeds;
    }

    /** The counts' members beside the rest. */
    public record Answer(String disclaimer, @JsonUnwrapped CountsQuery.Counts counts, FeedView feed) {}

    @GET
    public Answer counts() throws SQLException {
        return new Answer(Disclaimer.TEXT, counts.counts(), FeedView.of(feeds));
    }
}
