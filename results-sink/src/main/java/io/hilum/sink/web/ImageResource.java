package io.hilum.sink.web;

import io.hilum.sink.config.SinkConfig;
import io.hilum.sink.heat.HeatOverlay;
import io.hilum.sink.query.ImageQuery;
import io.hilum.storage.ObjectNotFoundException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;

/**
 * Pictures of an image: its canvas and its heat maps. {@code study} and {@code digest} (the object's
 * SHA-256) make an address exact; without them the newest image of that SOP Instance UID is meant.
 */
@Path("/api/images/{sopUid}")
public class ImageResource {

    private static final String PNG = "image/png";

    private final ImageQuery images;
    private final Canvases canvases;
    private final long mostPixels;

    ImageResource(ImageQuery images, Canvases canvases, SinkConfig config) {
        this.images = images;
        this.canvases = canvases;
        this.mostPixels = config.heatMapPixels();
    }

    /** The 8-bit grey canvas as the model saw it. */
    @GET
    @Path("canvas.png")
    @Produces(PNG)
    public Response canvas(@PathParam("sopUid") String sopUid, @QueryParam("study") String study,
            @QueryParam("digest") String digest) throws SQLException, IOException {
        ImageQuery.CanvasPlace place = images.canvas(new ImageQuery.Key(sopUid, study, digest))
                .orElseThrow(() -> Problem.notFound("No canvas of image " + sopUid + " is known here."));
        try {
            return Response.ok(canvases.read(URI.create(place.uri())), PNG)
                    .header("X-Hilum-Pixel-Sha256", String.valueOf(place.pixelSha256())).build();
        } catch (ObjectNotFoundException gone) {
            throw Problem.notFound("The canvas of image " + sopUid + " is no longer in the object store.");
        }
    }

    /** A transparent overlay of canvas size; the raw maximum in {@code X-Hilum-Raw-Maximum}. */
    @GET
    @Path("heatmap/{label}.png")
    @Produces(PNG)
    public Response heatMap(@PathParam("sopUid") String sopUid, @PathParam("label") String label,
            @QueryParam("study") String study, @QueryParam("digest") String digest, @QueryParam("line") String line)
            throws SQLException, IOException {
        ImageQuery.HeatCells cells = images.heatMap(new ImageQuery.Key(sopUid, study, digest), line, label)
                .orElseThrow(() -> Problem.notFound("Image " + sopUid + " has no heat map of '" + label + "'."));
        if (cells.canvasWidth() < 1 || cells.canvasHeight() < 1
                || (long) cells.canvasWidth() * cells.canvasHeight() > mostPixels) {
            return Problem.response(422, "The canvas of %d x %d pixels is larger than hilum.sink.heat-map-pixels allows."
                    .formatted(cells.canvasWidth(), cells.canvasHeight()));
        }
        return Response.ok(HeatOverlay.of(cells).toPng(), PNG)
                .header("X-Hilum-Raw-Maximum", Double.toString(cells.rawMaximum())).build();
    }
}
