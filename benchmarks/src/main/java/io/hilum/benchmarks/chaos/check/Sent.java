package io.hilum.benchmarks.chaos.check;

/**
 * A record that a broker acknowledged.
 *
 * @param topic where it stands, with {@code partition} and {@code offset}; the order of a study's images is that of their offsets
 * @param study the record's key
 * @param sop SOP Instance UID; empty where the record is no event
 * @param object SHA-256 of the object
 * @param canvas SHA-256 of the canvas pixels that were really sent
 * @param kind what must become of it
 * @param sentUs microseconds since the epoch
 */
public record Sent(String topic, int partition, long offset, String study, String sop, String object, String canvas, Kind kind, long sentUs) {

    /** What must become of a record. */
    public enum Kind {
        /** Scored, once. */
        IMAGE(true, null),
        /** Sent before: nothing. */
        DUPLICATE(false, null),
        /** Bytes that are no event: a dead letter. */
        GARBAGE(false, "unreadable-record"),
        /** An event without a canvas: a dead letter. */
        WITHOUT_CANVAS(false, "invalid-event"),
        /** A canvas that is not the one of its hash: not scored, and a dead letter. */
        LYING_HASH(true, "unusable-canvas"),
        /** An image that the engine cannot score: not scored, and a dead letter, while its batch goes on. */
        MARKED(true, "inference-failed");

        private final boolean merged;
        private final String letter;

        Kind(boolean merged, String letter) {
            this.merged = merged;
            this.letter = letter;
        }

        /** Whether a revision must name it as new. */
        public boolean isMerged() {
            return merged;
        }

        /** Whether it is scored. */
        public boolean isScored() {
            return this == IMAGE;
        }

        /** The cause code of its dead letter, or null where it must have none. */
        public String letter() {
            return letter;
        }
    }

    /** Topic, partition and offset. */
    String place() {
        return topic + "/" + partition + "/" + offset;
    }
}
