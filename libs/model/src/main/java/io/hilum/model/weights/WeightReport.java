package io.hilum.model.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of every tensor of a file of weights, and what the file did not have.
 *
 * @param source the file and what it is, in words
 * @param network what was recognised, in words
 */
public record WeightReport(String source, String network, List<Entry> entries) {
    private static final int NAMES = 4;

    /** What can become of a tensor. */
    public enum Fate {
        /** Taken as it is, widened at most. */
        USED,
        /** Taken, but with other values or under another name. */
        CHANGED,
        /** In the file, but not taken. */
        DROPPED,
        /** Not in the file; drawn or set anew. */
        MISSING
    }

    /**
     * Tensors with the same fate for the same reason.
     *
     * @param why empty where there is nothing to explain
     */
    public record Entry(Fate fate, List<String> names, String why) {
        public Entry {
            names = List.copyOf(names);
        }
    }

    public WeightReport {
        entries = List.copyOf(entries);
    }

    /** All names with that fate. */
    public List<String> names(Fate fate) {
        return entries.stream().filter(e -> e.fate() == fate).flatMap(e -> e.names().stream()).toList();
    }

    /** A few lines for people, without a line break at the end. */
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(source);
        lines.add(network);
        for (Entry entry : entries) {
            List<String> names = entry.names();
            String some = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
            if (names.size() > NAMES) {
                some += " and " + (names.size() - NAMES) + " more";
            }
            lines.add(String.format(Locale.ROOT, "  %-8s%4d  %s%s", entry.fate().name().toLowerCase(Locale.ROOT), names.size(), some,
                entry.why().isEmpty() ? "" : ": " + entry.why()));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
