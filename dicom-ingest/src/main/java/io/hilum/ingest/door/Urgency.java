package io.hilum.ingest.door;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which films are urgent: those whose request says STAT or HIGH (Requested Procedure Priority (0040,1003), at the top or
 * in Request Attributes Sequence), and those of senders that are always urgent, e.g. an emergency department's.
 *
 * <p>Threading: immutable.
 */
public final class Urgency {

    /** The dictionary of attributes has no need of it elsewhere. */
    private static final int REQUESTED_PROCEDURE_PRIORITY = 0x00401003;
    private static final Set<String> URGENT = Set.of("STAT", "HIGH");

    private final Set<String> senders;

    /** @param senders calling AE titles; case does not matter */
    public Urgency(Set<String> senders) {
        this.senders = senders.stream().map(Urgency::normal).collect(Collectors.toUnmodifiableSet());
    }

    public boolean of(String sender, Attributes film) {
        return senders.contains(normal(sender))
                || isUrgent(film.string(REQUESTED_PROCEDURE_PRIORITY))
                || film.items(Tag.REQUEST_ATTRIBUTES_SEQUENCE).stream()
                        .anyMatch(request -> isUrgent(request.string(REQUESTED_PROCEDURE_PRIORITY)));
    }

    private static boolean isUrgent(Optional<String> priority) {
        return priority.map(text -> URGENT.contains(normal(text))).orElse(false);
    }

    private static String normal(String text) {
        return text.trim().toUpperCase(Locale.ROOT);
    }
}
