package io.hilum.processor.event;

import com.google.protobuf.Message;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import java.util.Arrays;
import java.util.Objects;

/** What a record of the image topics turned out to be. Every record is one of these: reading never throws. */
public sealed interface Incoming {

    /** An image that passed {@link EventCheck}. */
    record Image(ImageReceived event) implements Incoming {
        public Image {
            Objects.requireNonNull(event, "event");
        }
    }

    /** A study's withdrawal. */
    record Withdrawal(StudyWithdrawn event) implements Incoming {
        public Withdrawal {
            Objects.requireNonNull(event, "event");
        }
    }

    /**
     * A record that is none of them.
     *
     * @param code a short stable word for the cause
     * @param cause what is wrong, as a sentence
     * @param schema the record's schema header; empty where it had none
     * @param value the record's bytes, cut at {@link #MAX_KEPT_BYTES}
     * @param bytes of the whole record
     */
    record Unreadable(String code, String cause, String schema, byte[] value, long bytes) implements Incoming {

        /** A dead letter must itself fit into a record; the origin names the place of the whole one. */
        public static final int MAX_KEPT_BYTES = 64 << 10;

        public Unreadable {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(schema, "schema");
        }

        /** @param whole the record's value, or null where it had none */
        static Unreadable of(String code, String cause, String schema, byte[] whole) {
            byte[] value = whole == null ? new byte[0] : whole;
            return new Unreadable(code, cause, schema, Arrays.copyOf(value, Math.min(value.length, MAX_KEPT_BYTES)), value.length);
        }

        /** A record that could be read, but not used. */
        public static Unreadable of(String code, String cause, Message event) {
            return of(code, cause, event.getDescriptorForType().getFullName(), event.toByteArray());
        }
    }
}
