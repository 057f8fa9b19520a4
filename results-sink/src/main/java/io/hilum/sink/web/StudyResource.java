package io.hilum.sink.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hilum.contracts.Disclaimer;
import io.hilum.sink.query.StudyQuery;
import io.hilum.sink.query.StudyView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** {@code GET /api/studies/{uid}}: one study, whole. */
@Path("/api/studies/{uid}")
@Produces(MediaType.APPLICATION_JSON)
public class StudyResource {

    private final StudyQuery studies;

    StudyResource(StudyQuery studies) {
        this.studies = studies;
    }

    /** The study's members beside the disclaimer. */
    public record Answer(String disclaimer, @JsonUnwrapped StudyView view) {}

    @GET
    public Answer study(@PathParam("uid") String uid) throws SQLException {
        return new Answer(Disclaimer.TEXT, studies.find(uid).orElseThrow(() -> Problem.notFound(
                "No study " + uid + " is known here. It may not have arrived yet.")));
    }
}
