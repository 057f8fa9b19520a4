package io.hilum.sink.query;

import io.hilum.contracts.event.FindingsStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which studies a worklist shows. Withdrawn studies are shown only when asked for.
 *
 * @param priorities STAT, URGENT, ROUTINE, NONE; empty for all
 * @param statuses RECEIVED, PRELIMINARY, FINAL, AMENDED, WITHDRAWN; empty for all but WITHDRAWN
 * @param text part of name, patient ID, accession number, description or study UID; may be null
 * @param since studies received at or after; may be null
 */
public record WorklistFilter(Set<String> priorities, Set<String> statuses, String text, Instant since) {

    private static final Set<String> PRIORITIES = Set.of("STAT", "URGENT", "ROUTINE", "NONE");
    private static final Set<String> STATUSES = Stream.concat(Stream.of("RECEIVED"),
            Stream.of(FindingsStatus.PRELIMINARY, FindingsStatus.FINAL, FindingsStatus.AMENDED, FindingsStatus.WITHDRAWN)
                    .map(Enum::name)).collect(Collectors.toUnmodifiableSet());

    public WorklistFilter {
        priorities = known("priority", priorities, PRIORITIES);
        statuses = known("status", statuses, STATUSES);
        text = text == null || text.isBlank() ? null : text.strip().replace("\0", "");
    }

    private static Set<String> known(String name, Set<String> values, Set<String> allowed) {
        Set<String> upper = values.stream().map(value -> value.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String value : upper) {
            if (!allowed.contains(value)) {
                throw new IllegalArgumentException("%s is '%s'; use one or more of %s."
                        .formatted(name, value, String.join(", ", allowed.stream().sorted().toList())));
            }
        }
        return upper;
    }

    /** A SQL condition on {@code study} and its values. */
    Condition condition() {
        StringBuilder sql = new StringBuilder(statuses.isEmpty() ? "status <> 'WITHDRAWN'" : "status = any(?)");
        List<Object> values = new ArrayList<>();
        if (!statuses.isEmpty()) {
            values.add(statuses.toArray(String[]::new));
        }
        if (!priorities.isEmpty()) {
            sql.append(" and priority = any(?)");
            values.add(priorities.toArray(String[]::new));
        }
        if (since != null) {
            sql.append(" and received >= ?");
            values.add(since.atOffset(java.time.ZoneOffset.UTC));
        }
        if (text != null) {
            // DICOM separates a name's parts with ^: 'Doe Jane' must find 'Doe^Jane'.
            sql.append(" and concat_ws(' ', translate(patient_name, '^=', '  '), patient_name, patient_id,"
                    + " accession_number, study_description, study_uid) ilike ?");
            values.add("%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        }
        return new Condition(sql.toString(), values);
    }

    record Condition(String sql, List<Object> values) {}
}
