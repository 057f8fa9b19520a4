package io.hilum.trainer.data;

import java.util.Locale;

/** The projection of a film as the data set gives it. The order is that of the values in a cache: 0, 1, 2, 3. */
public enum View {
    /** The data set does not say. */
    UNKNOWN,
    /** Posteroanterior: standing, the heart near the detector. */
    PA,
    /** Anteroposterior, lying ("AP Supine") or not: often a mobile device and a patient who cannot stand. */
    AP,
    /** A projection that is neither, such as a lateral. */
    OTHER;

    /** PA or AP, also with words behind ("AP Supine"); an empty text is {@link #UNKNOWN}, any other {@link #OTHER}. */
    public static View of(String text) {
        String word = text == null ? "" : text.strip().toUpperCase(Locale.ROOT).split("[ _/-]", 2)[0];
        return switch (word) {
            case "" , "UNKNOWN", "NAN", "NONE" -> UNKNOWN;
            case "PA" -> PA;
            case "AP" -> AP;
            default -> OTHER;
        };
    }
}
