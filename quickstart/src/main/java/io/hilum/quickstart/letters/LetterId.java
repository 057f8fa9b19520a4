package io.hilum.quickstart.letters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a letter stands on {@code hilum.dead-letters}; written {@code partition-offset}, e.g. {@code 0-17}. */
public record LetterId(int partition, long offset) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

    /** @throws IllegalArgumentException with a sentence when it is no id */
    public static LetterId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no id of a dead letter; ids look like 0-17, and"
                    + " ./hilum dead-letters list shows them.");
        }
        return new LetterId(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
