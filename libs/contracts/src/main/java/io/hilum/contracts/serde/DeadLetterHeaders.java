package io.hilum.contracts.serde;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter's cause and origin once more, as record headers, so that any Kafka tool can filter without knowing
 * protobuf. All are UTF-8 text; one that has nothing to say is left out. The letter itself says more.
 *
 * <p>{@link EventSerde} writes them: whoever writes a letter has them.
 */
public final class DeadLetterHeaders {

    /** The short stable word for the cause, e.g. {@code inference-failed}. */
    public static final String CAUSE_CODE = "hilum.cause-code";
    /** The cause as a sentence, cut at {@value #MAX_CAUSE} characters. */
    public static final String CAUSE = "hilum.cause";
    /** Name of the {@code DeadLetterKind}. */
    public static final String KIND = "hilum.kind";
    /** The module that wrote the letter. */
    public static final String SERVICE = "hilum.service";
    /** Where the record stood that could not be used; absent where the origin is the door. */
    public static final String ORIGIN_TOPIC = "hilum.origin-topic";
    public static final String ORIGIN_PARTITION = "hilum.origin-partition";
    public static final String ORIGIN_OFFSET = "hilum.origin-offset";
    /** When the letter was written, ISO 8601 in UTC. */
    public static final String AT = "hilum.at";
    /** On a record that was sent again: {@code partition-offset} of the dead letter that it was replayed from. */
    public static final String REPLAY_OF = "hilum.replay-of";

    /** A header is read in a terminal; the whole sentence stands in the letter. */
    static final int MAX_CAUSE = 500;

    private DeadLetterHeaders() {}

    static void write(Headers headers, DeadLetter letter) {
        put(headers, CAUSE_CODE, letter.getCauseCode());
        put(headers, CAUSE, shortened(letter.getCause()));
        put(headers, KIND, letter.getKind().name());
        Origin origin = letter.getOrigin();
        put(headers, SERVICE, origin.getService());
        boolean fromTopic = !origin.getTopic().isEmpty();
        put(headers, ORIGIN_TOPIC, origin.getTopic());
        put(headers, ORIGIN_PARTITION, fromTopic ? Integer.toString(origin.getPartition()) : "");
        put(headers, ORIGIN_OFFSET, fromTopic ? Long.toString(origin.getOffset()) : "");
        put(headers, AT, letter.getAt() == 0 ? "" : Instant.EPOCH.plus(letter.getAt(), ChronoUnit.MICROS).toString());
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_CAUSE ? text : text.substring(0, MAX_CAUSE - 3) + "...";
    }
}
