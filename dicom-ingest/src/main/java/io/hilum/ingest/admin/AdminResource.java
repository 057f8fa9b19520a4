package io.hilum.ingest.admin;

import io.hilum.ingest.IngestService;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The administrator's side of dicom-ingest, JSON. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {

    private final IngestService service;

    AdminResource(IngestService service) {
        this.service = service;
    }

    /** What was not taken at the door, the latest first. */
    @GET
    @Path("/refusals")
    public List<RefusalRecord> refusals() {
        return service.node().ledger().refusals();
    }

    /** What was taken but cannot be rendered, the latest first. */
    @GET
    @Path("/quarantine")
    public List<QuarantineRecord> quarantine() {
        return service.node().ledger().quarantine();
    }

    /**
     * Announces stored objects without a finding once more.
     *
     * @param dryRun only look
     * @param quarantined try quarantined films again, too
     * @param olderThanSeconds leave younger objects alone
     * @return the report, or 503 with a sentence where the broker does not answer
     */
    @POST
    @Path("/reconcile")
    public Response reconcile(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @QueryParam("quarantined") @DefaultValue("false") boolean quarantined,
            @QueryParam("olderThanSeconds") @DefaultValue("600") long olderThanSeconds) throws IOException {
        try {
            return Response.ok(service.reconcile().run(dryRun, quarantined, Duration.ofSeconds(olderThanSeconds))).build();
        } catch (org.apache.kafka.common.KafkaException away) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity(Map.of("error", "The findings cannot be read: " + away.getMessage() + ". Nothing was done.")).build();
        }
    }
}
