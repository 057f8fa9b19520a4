package io.hilum.trainer.films;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads ages and counts those that cannot be true. One thread. */
final class Ages {
    private static final int OLDEST = 120;
    /** A number, or DICOM's age string (PS3.5 section 6.2: AS): years, months, weeks or days. */
    private static final Pattern AGE = Pattern.compile("(\\d{1,4})(?:\\.0*)?([YMWD]?)");

    private int impossible;
    private int unreadable;

    /** @return years, -1 when not known or not possible */
    int years(String text) {
        if (text.isBlank() || text.equalsIgnoreCase("nan")) {
            return -1;
        }
        Matcher age = AGE.matcher(text.strip().toUpperCase(java.util.Locale.ROOT));
        if (!age.matches()) {
            unreadable++;
            return -1;
        }
        int number = Integer.parseInt(age.group(1));
        int years = switch (age.group(2)) {
            case "M" -> number / 12;
            case "W" -> number * 7 / 365;
            case "D" -> number / 365;
            default -> number;
        };
        if (years > OLDEST) {
            impossible++;
            return -1;
        }
        return years;
    }

    /** What was not taken as it was written. */
    List<String> notes() {
        List<String> out = new ArrayList<>();
        if (impossible > 0) {
            out.add(impossible + " ages over " + OLDEST + " years count as not known.");
        }
        if (unreadable > 0) {
            out.add(unreadable + " ages that are no number count as not known.");
        }
        return out;
    }
}
