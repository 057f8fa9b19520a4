package io.hilum.sink.web;

import io.hilum.contracts.Disclaimer;
import io.hilum.sink.query.RefusedQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** {@code GET /api/refused}: what did not become findings, with its reason, newest first. */
@Path("/api/refused")
@Produces(MediaType.APPLICATION_JSON)
public class RefusedResource {

    private final RefusedQuery refused;

    RefusedResource(RefusedQuery refused) {
        this.refused = refused;
    }

    /** The answer. */
    public record Answer(String disclaimer, int page, int size, long total, Map<String, Long> byKind,
            List<RefusedQuery.Refused> refused) {}

    /** @param kind REFUSED_AT_DOOR, QUARANTINED, UNPROCESSABLE_RECORD or POISON; none for all */
    @GET
    public Answer list(@QueryParam("kind") String kind, @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("100") int size) throws SQLException {
        Paging.check(page, size);
        RefusedQuery.Page found = refused.page(kind, page, size);
        return new Answer(Disclaimer.TEXT, page, size, found.total(), found.byKind(), found.rows());
    }
}
