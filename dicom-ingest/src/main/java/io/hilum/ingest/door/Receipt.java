package io.hilum.ingest.door;

/** What the door answers. */
public sealed interface Receipt permits Refusal, Receipt.Accepted {

    /**
     * Object and journal entry are durable.
     *
     * @param sequence of the journal entry
     * @param key of the stored object
     * @param studyUid of the object
     * @param sopInstanceUid of the object
     * @param sopClassUid of the object
     * @param again the very same object was here before; nothing new is announced
     */
    record Accepted(
            long sequence, String key, String studyUid, String sopInstanceUid, String sopClassUid, boolean again)
            implements Receipt {}
}
