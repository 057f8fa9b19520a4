package io.hilum.ingest.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.door.Way;
import java.net.URI;
import java.util.Optional;

/**
 * A stored object that still has to be announced. What the object itself says is not repeated here: the publisher
 * reads it from the object.
 *
 * @param sequence position in the journal; 0 before it is appended
 * @param key the object's key in the store, which holds its SOP Instance UID and digest
 * @param uri the object
 * @param sha256 of the object, lower-case hex
 * @param bytes size of the object
 * @param way through which it came
 * @param sender calling AE title, STOW client or file name
 * @param studyUid order is kept within a study
 * @param sopInstanceUid of the object
 * @param receivedMicros its last byte arrived, microseconds since the epoch
 * @param storedMicros the object was durable, microseconds since the epoch
 * @param urgent it is announced before all that are not
 * @param traceparent where its trace stood when it was received (W3C Trace Context): after a crash it is announced in the
 *     same trace; empty in entries of a version before traces, which ignores it in turn
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReceivedEntry(
        long sequence,
        String key,
        URI uri,
        String sha256,
        long bytes,
        Way way,
        String sender,
        String studyUid,
        String sopInstanceUid,
        long receivedMicros,
        long storedMicros,
        boolean urgent,
        String traceparent) {

    public ReceivedEntry {
        traceparent = traceparent == null ? "" : traceparent;
    }

    ReceivedEntry at(long position) {
        return new ReceivedEntry(position, key, uri, sha256, bytes, way, sender, studyUid, sopInstanceUid,
                receivedMicros, storedMicros, urgent, traceparent);
    }

    /** The trace that it was received in; empty where there is none. */
    public Optional<TraceContext> trace() {
        return TraceContext.parse(traceparent, null);
    }
}
