package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Sent;
import io.hilum.contracts.event.ImageReceived;
import java.util.Optional;

/**
 * A record to send.
 *
 * @param topic where to
 * @param key the study UID
 * @param event the image, or empty where it is no event
 * @param garbage what is sent instead
 * @param canvas SHA-256 of the pixels that it carries
 * @param kind what must become of it
 */
record Outgoing(String topic, String key, Optional<ImageReceived> event, byte[] garbage, String canvas, Sent.Kind kind) {

    static Outgoing of(String topic, ImageReceived event, String canvas, Sent.Kind kind) {
        return new Outgoing(topic, event.getStudyUid(), Optional.of(event), new byte[0], canvas, kind);
    }

    static Outgoing garbage(String topic, String key, byte[] bytes) {
        return new Outgoing(topic, key, Optional.empty(), bytes, "", Sent.Kind.GARBAGE);
    }

    /** The same record once more. */
    Outgoing again() {
        return new Outgoing(topic, key, event, garbage, canvas, Sent.Kind.DUPLICATE);
    }

    Sent sent(int partition, long offset, long sentUs) {
        return new Sent(topic, partition, offset, key, event.map(ImageReceived::getSopInstanceUid).orElse(""),
                event.map(ImageReceived::getObjectSha256).orElse(""), canvas, kind, sentUs);
    }
}
