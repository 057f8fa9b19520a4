package io.hilum.imaging.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Application entity titles: at most 16 characters, spaces around them are not significant (PS3.5, VR AE). */
public final class AeTitle {

    private static final int LENGTH = 16;

    private AeTitle() {}

    /**
     * Checks a configured title.
     *
     * @throws IllegalArgumentException with a sentence when it is empty, too long or not printable ASCII
     */
    public static String checked(String title) {
        String trimmed = title == null ? "" : title.trim();
        if (trimmed.isEmpty() || trimmed.length() > LENGTH || !trimmed.matches("[\\x20-\\x5B\\x5D-\\x7E]+")) {
            throw new IllegalArgumentException("'" + title + "' is no AE title: it needs 1 to 16 printable ASCII "
                    + "characters without a backslash.");
        }
        return trimmed;
    }

    /**
     * Whether two titles name the same entity. The standard makes case significant; administrators do not, and
     * nothing secret hangs on it, so case is ignored here.
     */
    public static boolean same(String one, String other) {
        return one.trim().equalsIgnoreCase(other.trim());
    }

    static byte[] padded(String title) {
        byte[] field = new byte[LENGTH];
        Arrays.fill(field, (byte) ' ');
        byte[] text = title.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, field, 0, Math.min(text.length, LENGTH));
        return field;
    }
}
