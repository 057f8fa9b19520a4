package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;
import java.io.IOException;
import java.util.List;

/** Label values of tables, and label names that somebody asks for. No state; any thread. */
final class Labels {
    /** What a table says of a label. */
    enum Said { NEGATIVE, POSITIVE, UNCERTAIN, NOTHING }

    private Labels() {}

    /** 0, 1, -1 or nothing, also as 1.0; anything else is refused. */
    static Said said(String value, String where, String label) throws IOException {
        return switch (value) {
            case "0", "0.0" -> Said.NEGATIVE;
            case "1", "1.0" -> Said.POSITIVE;
            case "-1", "-1.0" -> Said.UNCERTAIN;
            case "" -> Said.NOTHING;
            default -> throw new IOException("%s: label %s has the unknown value '%s'; 0, 1, -1 (uncertain) and nothing are known."
                .formatted(where, label, value));
        };
    }

    /** The value of {@link Said} in a cache when nothing better is known than what the table says. */
    static int plain(Said said) {
        return switch (said) {
            case NEGATIVE -> 0;
            case POSITIVE -> 1;
            case UNCERTAIN, NOTHING -> FilmCache.UNKNOWN;
        };
    }

    /** The labels asked for, or all when none is asked for; each must be known and may be named once. */
    static List<String> choose(List<String> asked, List<String> known, String what) {
        for (String label : asked) {
            if (!known.contains(label)) {
                throw new IllegalArgumentException("%s has no label '%s'; it has %s.".formatted(what, label, known));
            }
        }
        if (asked.stream().distinct().count() < asked.size()) {
            throw new IllegalArgumentException("A label is named twice in " + asked + ".");
        }
        return asked.isEmpty() ? known : List.copyOf(asked);
    }
}
