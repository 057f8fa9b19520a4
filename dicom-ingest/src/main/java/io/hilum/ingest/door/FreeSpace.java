package io.hilum.ingest.door;

import io.hilum.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The low-water mark: the door closes while there is still room for what is already inside (journal, canvases,
 * broker), not when a write fails.
 *
 * <p>Threading: immutable.
 */
public final class FreeSpace {

    private final ObjectStore store;
    private final Path journal;
    private final long lowWaterMark;

    /**
     * @param journal directory of the journal, which may lie on another disk than the store
     * @param lowWaterMark bytes that must stay free
     */
    public FreeSpace(ObjectStore store, Path journal, long lowWaterMark) {
        this.store = store;
        this.journal = journal;
        this.lowWaterMark = lowWaterMark;
    }

    /** A sentence when there is too little room, otherwise null. */
    public String complaint() throws IOException {
        OptionalLong objects = store.freeBytes();
        if (objects.isPresent() && objects.getAsLong() < lowWaterMark) {
            return sentence("The object store", objects.getAsLong());
        }
        long local = Files.getFileStore(journal).getUsableSpace();
        return local < lowWaterMark ? sentence("The journal's disk", local) : null;
    }

    private String sentence(String what, long free) {
        return "%s has %d MB left, less than the low-water mark of %d MB. Nothing is taken until there is room: add disk or shorten the retention."
                .formatted(what, free >> 20, lowWaterMark >> 20);
    }
}
