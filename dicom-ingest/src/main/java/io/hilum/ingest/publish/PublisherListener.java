package io.hilum.ingest.publish;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.ingest.journal.ReceivedEntry;
import java.io.IOException;

/** Hears what the publisher did. Called by its threads. */
public interface PublisherListener {

    void published(ReceivedEntry entry);

    /**
     * A film is about to be marked as quarantined; keep it in the administrator's list, durably.
     *
     * @throws IOException keeps the entry open: it is tried again
     */
    void quarantined(ReceivedEntry entry, DeadLetter letter) throws IOException;
}
