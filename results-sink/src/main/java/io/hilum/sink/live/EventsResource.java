package io.hilum.sink.live;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/**
 * {@code GET /api/events}: server-sent events {@code hello}, {@code study}, {@code dead-letter},
 * {@code model}, and {@code refresh} when too much was missed to be told one by one. Data is small JSON
 * without names of persons; a page fetches what it shows.
 */
@Path("/api/events")
public class EventsResource {

    private final LivePages pages;

    EventsResource(LivePages pages) {
        this.pages = pages;
    }

    /**
     * @param lastEventId what the browser says when it reconnects by itself
     * @param after the same, for a page that reconnects by hand
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse, @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("after") String after) {
        if (!pages.add(new LivePage(sink, sse, id(lastEventId == null ? after : lastEventId)))) {
            sink.close();
        }
    }

    /** Whatever is no id means: reload. */
    private static long id(String value) {
        if (value == null || value.isBlank()) {
            return -1;
        }
        try {
            return Math.max(0, Long.parseLong(value.strip()));
        } catch (NumberFormatException foreign) {
            return Long.MAX_VALUE;
        }
    }
}
