package io.hilum.ingest.publish;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.canvas.RenderedCanvas;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.imaging.dicom.DicomReader;
import io.hilum.imaging.dicom.PixelDecoder;
import io.hilum.ingest.door.Excerpt;
import io.hilum.ingest.door.FaultPoint;
import io.hilum.ingest.door.ObjectKey;
import io.hilum.ingest.door.Urgency;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.storage.ObjectConflictException;
import io.hilum.storage.ObjectNotFoundException;
import io.hilum.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/**
 * Turns a journal entry into its announcement: reads the object, renders its canvas once, stores it beside the
 * object. A film that cannot be rendered becomes a quarantine with its cause; it does not throw.
 *
 * <p>Threading: free to share; one call holds one decoded film in memory, all together what {@link RenderMemory} has.
 */
public final class Preparer {

    private final ObjectStore store;
    private final CanvasRenderer renderer;
    private final DicomLimits limits;
    private final RenderMemory memory;
    private final Events events;
    private final Urgency urgency;
    private final String site;
    private final Clock clock;

    /** Renders within a third of the heap. */
    public Preparer(ObjectStore store, CanvasRenderer renderer, DicomLimits limits, Events events,
            Urgency urgency, String site, Clock clock) {
        this(store, renderer, limits, RenderMemory.ofHeap(), events, urgency, site, clock);
    }

    Preparer(ObjectStore store, CanvasRenderer renderer, DicomLimits limits, RenderMemory memory, Events events,
            Urgency urgency, String site, Clock clock) {
        this.memory = memory;
        this.store = store;
        this.renderer = renderer;
        this.limits = limits;
        this.events = events;
        this.urgency = urgency;
        this.site = site;
        this.clock = clock;
    }

    /** @throws IOException when the store fails: that says nothing about the film, so try again later */
    Announcement prepare(ReceivedEntry entry) throws IOException {
        try {
            long bytes = entry.bytes() + workingBytes(entry);
            memory.take(bytes);
            try {
                return film(entry);
            } finally {
                memory.release(bytes);
            }
        } catch (DicomException broken) {
            return quarantine(entry, code(broken.fault().name()), broken.getMessage() + ".");
        } catch (ObjectNotFoundException gone) {
            return quarantine(entry, "object-gone", "The stored object is gone from the store: " + entry.uri()
                    + ". Somebody deleted it; send it again from its source.");
        } catch (RuntimeException fault) {
            // A fault of decoder or renderer on one film must not stop the films behind it. The store throws none.
            return quarantine(entry, "renderer-fault", "The film could not be rendered because of a fault in Hilum ("
                    + fault + "). Report it with the object; later versions render it with './hilum reconcile'.");
        }
    }

    private Announcement.Film film(ReceivedEntry entry) throws IOException {
        DicomFile file = read(entry);
        RenderedCanvas rendered = renderer.render(file);
        Canvas canvas = stored(entry, rendered);
        FaultPoint.reach("canvas-durable");
        Attributes film = file.dataset();
        return new Announcement.Film(topic(entry, film), events.study(entry, film),
                events.image(entry, film, canvas, micros()));
    }

    Announcement.Quarantine quarantine(ReceivedEntry entry, String code, String sentence) {
        return new Announcement.Quarantine(DeadLetter.newBuilder()
                .setKind(DeadLetterKind.QUARANTINED)
                .setOrigin(Origin.newBuilder().setService("dicom-ingest"))
                .setCauseCode(code)
                .setCause(Excerpt.ofSentence(sentence))
                .setStudyUid(entry.studyUid())
                .setSopInstanceUid(entry.sopInstanceUid())
                .setObjectUri(entry.uri().toString())
                .setSender(entry.sender())
                .setSite(site)
                .setAt(micros()).build());
    }

    private long workingBytes(ReceivedEntry entry) throws IOException {
        try (InputStream in = open(entry)) {
            return PixelDecoder.workingBytes(DicomReader.part10(in, limits).readBeforePixels());
        }
    }

    private DicomFile read(ReceivedEntry entry) throws IOException {
        try (InputStream in = open(entry)) {
            return DicomFile.read(in, limits);
        }
    }

    private InputStream open(ReceivedEntry entry) throws IOException {
        return StoreCalls.reading(StoreCalls.of(() -> store.open(entry.uri())));
    }

    private Canvas stored(ReceivedEntry entry, RenderedCanvas rendered) throws IOException {
        byte[] png = rendered.canvas().toPng();
        String pixels = rendered.canvas().pixelSha256();
        String key = ObjectKey.canvas(entry.key(), pixels);
        URI uri;
        try {
            uri = StoreCalls.of(() -> store.put(key, png));
        } catch (ObjectConflictException samePixels) {
            // Another zlib packed the same pixels otherwise: the name holds their digest, so it is the same canvas.
            uri = store.uriOf(key);
        }
        return Events.canvas(png, pixels, uri.toString(), rendered);
    }

    private Topic topic(ReceivedEntry entry, Attributes film) {
        // The entry of a reconciled film does not know; its header still does.
        return entry.urgent() || urgency.of(entry.sender(), film) ? Topics.IMAGES_STAT : Topics.IMAGES;
    }

    private static String code(String fault) {
        return fault.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private long micros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
