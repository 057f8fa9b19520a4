package io.hilum.trainer.data;

import java.util.Locale;

/** The patient's sex as the data set gives it. The order is that of the values in a cache: 0, 1, 2. */
public enum Sex {
    UNKNOWN, MALE, FEMALE;

    /** M or F, Male or Female in any case; everything else is {@link #UNKNOWN}. */
    public static Sex of(String text) {
        return switch (text == null ? "" : text.strip().toUpperCase(Locale.ROOT)) {
            case "M", "MALE" -> MALE;
            case "F", "FEMALE" -> FEMALE;
            default -> UNKNOWN;
        };
    }
}
