package io.hilum.ingest.stow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.imaging.net.Uids;
import io.hilum.ingest.IngestService;
import io.hilum.ingest.door.Door;
import io.hilum.ingest.door.Way;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** STOW-RS: {@code POST /studies} and {@code POST /studies/{study}}, multipart/related of application/dicom. */
@Path("/studies")
public class StowResource {

    private static final String DICOM_JSON = "application/dicom+json";
    private static final int MAX_WARNINGS = 10;

    private final IngestService service;
    private final ObjectMapper json;

    StowResource(IngestService service, ObjectMapper json) {
        this.service = service;
        this.json = json;
    }

    /** Stores instances of any study. */
    @POST
    @Consumes("multipart/related")
    @Blocking
    public Response store(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type, @Context HttpServerRequest request,
            InputStream body) throws IOException {
        return stored(null, type, request, body);
    }

    /** Stores instances of one study; others are refused one by one. */
    @POST
    @Path("/{study}")
    @Consumes("multipart/related")
    @Blocking
    public Response storeInStudy(@PathParam("study") String study, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @Context HttpServerRequest request, InputStream body) throws IOException {
        if (!Uids.isValid(study)) {
            return problem(400, "'" + study + "' is no Study Instance UID.");
        }
        return stored(study, type, request, body);
    }

    private Response stored(String study, String type, HttpServerRequest request, InputStream body) throws IOException {
        ContentType content = ContentType.parse(type);
        String boundary = content.parameter("boundary");
        if (boundary.isEmpty()) {
            return problem(400, "The Content-Type names no boundary.");
        }
        String of = content.parameter("type");
        if (!of.isEmpty() && !of.toLowerCase(Locale.ROOT).equals("application/dicom")) {
            return problem(415, "Only instances in application/dicom are taken, not " + of + ".");
        }
        Door door = service.node().door();
        String closed = door.closed();
        if (closed != null) {
            return Response.status(503).header("Retry-After", "60").entity(closed).type("text/plain").build();
        }
        String sender = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        StowAnswer answer = new StowAnswer();
        MultipartRelated parts = new MultipartRelated(body, boundary);
        try {
            for (MultipartRelated.Part part = parts.next(); part != null; part = parts.next()) {
                answer.add(door.receiveFile(Way.STOW_RS, sender, study, part.content()));
            }
        } catch (IOException broken) {
            // What was stored so far is stored; sent again it is recognised.
            return problem(400, "The request body is broken: " + broken.getMessage());
        }
        return answer.isEmpty() ? problem(400, "The request holds no instance.") : response(answer);
    }

    private Response response(StowAnswer answer) throws IOException {
        Response.ResponseBuilder response = Response.status(answer.status()).type(DICOM_JSON)
                .entity(json.writeValueAsBytes(answer.body()));
        answer.sentences().stream().limit(MAX_WARNINGS)
                .forEach(sentence -> response.header("Warning", "299 hilum \"" + ascii(sentence) + "\""));
        return response.build();
    }

    private static String ascii(String sentence) {
        return sentence.replaceAll("[^\\x20-\\x7E]", "?").replace('"', '\'').replace('\\', '/');
    }

    private static Response problem(int status, String sentence) {
        return Response.status(status).type("text/plain").entity(sentence).build();
    }
}
