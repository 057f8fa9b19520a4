package io.hilum.sink.web;

import io.hilum.contracts.Disclaimer;
import io.hilum.sink.query.ModelsQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /api/models}: models, their state on each instance, and which scored what is shown. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    private final ModelsQuery models;

    ModelsResource(ModelsQuery models) {
        this.models = models;
    }

    /** The answer. */
    public record Answer(String disclaimer, List<ModelsQuery.Status> instances, List<ModelsQuery.InUse> inUse) {}

    @GET
    public Answer models() throws SQLException {
        return new Answer(Disclaimer.TEXT, models.statuses(), models.inUse());
    }
}
