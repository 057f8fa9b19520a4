package io.hilum.contracts.topic;

import io.hilum.contracts.event.Slot;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The key of {@code hilum.model-status}: {@code instance/line/slot}, such as {@code node-1/chest/staged}.
 *
 * @param slot {@code SLOT_UNSPECIFIED} in the two-part keys of instances that did not tell slots apart
 */
public record StatusKey(String instance, String line, Slot slot) {

    public StatusKey {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(slot, "slot");
    }

    /** Reads a key; empty when it is none. Instances may have slashes in their names, lines have not. */
    public static Optional<StatusKey> parse(String key) {
        int last = key == null ? -1 : key.lastIndexOf('/');
        if (last < 1) {
            return Optional.empty();
        }
        String end = key.substring(last + 1);
        for (Slot slot : new Slot[] {Slot.ACTIVE, Slot.STAGED, Slot.FALLBACK}) {
            int middle = key.lastIndexOf('/', last - 1);
            if (middle > 0 && slot.name().toLowerCase(Locale.ROOT).equals(end)) {
                return Optional.of(new StatusKey(key.substring(0, middle), key.substring(middle + 1, last), slot));
            }
        }
        return Optional.of(new StatusKey(key.substring(0, last), end, Slot.SLOT_UNSPECIFIED));
    }

    /** As it stands on the topic. */
    public String text() {
        String whole = instance + "/" + line;
        return slot == Slot.SLOT_UNSPECIFIED ? whole : whole + "/" + slot.name().toLowerCase(Locale.ROOT);
    }
}
