package io.hilum.ingest.door;

import io.hilum.contracts.event.Door;

/** How an object came in. The names stand in the journal: do not rename them. */
public enum Way {
    C_STORE(Door.C_STORE),
    STOW_RS(Door.STOW_RS),
    FOLDER(Door.FOLDER),
    /** Found in the store without a finding; how it came in first is no longer known. */
    RECONCILE(Door.DOOR_UNSPECIFIED);

    private final Door door;

    Way(Door door) {
        this.door = door;
    }

    /** The same in the events. */
    public Door door() {
        return door;
    }
}
