package io.hilum.ingest.door;

import io.hilum.contracts.trace.TraceContext;

/** Hears what the door decides, for metrics, log and the administrator's list. Called by many threads; must be quick. */
public interface DoorListener {

    void accepted(Incoming incoming, Receipt.Accepted accepted);

    /** @param trace of its receipt */
    void refused(Way way, String sender, Refusal refusal, TraceContext trace);
}
