package io.hilum.ingest.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.ingest.BrokenStore;
import io.hilum.ingest.Films;
import io.hilum.ingest.door.Urgency;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.journal.ReceivedEntry;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which failures are the film's, and which are not. */
class PreparerTest {

    private static final byte[] FILM = Films.file(Films.chest("1.2", "1"));

    private final BrokenStore store = new BrokenStore(null);

    private Announcement prepare() throws IOException {
        return prepare(RenderMemory.ofHeap());
    }

    private Announcement prepare(RenderMemory memory) throws IOException {
        Events events = new Events("site", new PatientKey("a secret of thirty-two characters", "site"));
        return new Preparer(store.asStore(), new CanvasRenderer(), DicomLimits.DEFAULT, memory, events, new Urgency(Set.of()), "site",
                Clock.systemUTC()).prepare(new ReceivedEntry(1, "dicom/site/00/1.2/1.dcm", URI.create("s3://b/1.dcm"),
                        "ab", FILM.length, Way.FOLDER, "a", "1.2", "1", 1, 2, false, ""));
    }

    /** A stream that ends with this failure. */
    private static InputStream failing(Exception failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    @Test
    void quarantinesNoFilmWhenTheStoreFails() {
        store.open = uri -> {
            throw new IllegalStateException("service away");
        };
        assertThrows(IOException.class, this::prepare);
        store.open = uri -> failing(new IllegalStateException("connection pool shut down"));
        assertThrows(IOException.class, this::prepare);
        store.open = uri -> failing(new EOFException("connection cut"));
        assertThrows(IOException.class, this::prepare);
        store.open = uri -> new ByteArrayInputStream(FILM);
        store.begin = () -> {
            throw new IllegalStateException("service away");
        };
        assertThrows(IOException.class, this::prepare, "the canvas cannot be stored");
    }

    @Test
    void quarantinesAFilmThatTheHeapCouldNotHold() throws IOException {
        store.open = uri -> new ByteArrayInputStream(FILM);
        store.begin = () -> {
            throw new IOException("service away");
        };
        // The film has 6,144 bytes of pixels, and its file a little more.
        Announcement.Quarantine large = assertInstanceOf(Announcement.Quarantine.class, prepare(new RenderMemory(8 << 10)));
        assertEquals("too-large", large.letter().getCauseCode());
        RenderMemory enough = new RenderMemory(16 << 10);
        assertThrows(IOException.class, () -> prepare(enough));
        assertThrows(IOException.class, () -> prepare(enough), "what failed has given its memory back");
    }

    @Test
    void quarantinesAFilmThatIsCut() throws IOException {
        store.open = uri -> new ByteArrayInputStream(FILM, 0, FILM.length - 100);
        Announcement.Quarantine cut = assertInstanceOf(Announcement.Quarantine.class, prepare());
        assertEquals("truncated", cut.letter().getCauseCode());
    }
}
