package io.hilum.storage;

import java.net.URI;
import java.util.regex.Pattern;

/** What a key may look like: harmless as a path, as a URI and as an S3 key, without any escaping. */
final class Keys {

    static final int MAX_LENGTH = 900;
    private static final String SEGMENT = "[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,200}";
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._=/-]*");

    private Keys() {}

    /** The key, if it is one. A segment cannot begin with a dot, so that nothing climbs out or hides. */
    static String check(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("Not a key of the object store: \"" + key
                    + "\". Segments of letters, digits and ._-= (no dot first), separated by single slashes.");
        }
        return key;
    }

    static boolean isKey(String key) {
        return key != null && key.length() <= MAX_LENGTH && KEY.matcher(key).matches();
    }

    /** The prefix, if a key could begin with it. */
    static String checkPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches() || prefix.startsWith("/") || prefix.contains("..") || prefix.contains("//")) {
            throw new IllegalArgumentException("No key begins with \"" + prefix + "\".");
        }
        return prefix;
    }

    /**
     * The key of an object's URI.
     *
     * @param base the store's own URI, ending in a slash
     * @throws IllegalArgumentException if the URI lies elsewhere
     */
    static String of(String base, URI uri) {
        String text = uri.toString();
        if (!text.startsWith(base)) {
            throw new IllegalArgumentException(uri + " does not lie in this object store, " + base + ".");
        }
        return check(text.substring(base.length()));
    }
}
