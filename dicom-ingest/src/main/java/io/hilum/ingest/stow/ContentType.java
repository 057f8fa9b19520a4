package io.hilum.ingest.stow;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameters of a Content-Type header, quoted or not (RFC 9110 section 5.6.6). Immutable. */
final class ContentType {

    private static final Pattern PARAMETER = Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private final Map<String, String> parameters = new HashMap<>();

    private ContentType() {}

    static ContentType parse(String header) {
        ContentType type = new ContentType();
        Matcher found = PARAMETER.matcher(header == null ? "" : header);
        while (found.find()) {
            String value = found.group(2) == null ? found.group(3) : found.group(2).replaceAll("\\\\(.)", "$1");
            type.parameters.put(found.group(1).toLowerCase(Locale.ROOT), value);
        }
        return type;
    }

    /** Empty where it is absent. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
