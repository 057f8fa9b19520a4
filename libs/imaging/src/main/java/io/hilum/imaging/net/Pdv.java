package io.hilum.imaging.net;

/**
 * Head of a presentation data value, PS3.8 annex E.2.
 *
 * @param contextId presentation context
 * @param command a fragment of a command set, otherwise of a data set
 * @param last the last fragment of its command set or data set
 */
record Pdv(int contextId, boolean command, boolean last) {

    static Pdv of(int contextId, int control) {
        return new Pdv(contextId, (control & 1) != 0, (control & 2) != 0);
    }

    int control() {
        return (command ? 1 : 0) | (last ? 2 : 0);
    }
}
