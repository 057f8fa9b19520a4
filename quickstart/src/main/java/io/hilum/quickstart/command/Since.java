package io.hilum.quickstart.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in the past: {@code 2h} ago, a day, or an instant; days and instants without a zone are in UTC. */
final class Since implements ITypeConverter<Instant> {

    static final String HELP = "not older than this: 30m, 2h, 7d, 2026-01-31 or 2026-01-31T08:00:00Z";

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    @Override
    public Instant convert(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return Instant.now().minus(switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> throw new IllegalStateException("unknown unit " + ago.group(2));
            });
        }
        try {
            return text.contains("T") ? Instant.parse(text.endsWith("Z") ? text : text + "Z")
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException unknown) {
            throw new TypeConversionException("'" + text + "' is no time; write it as " + HELP.substring(HELP.indexOf(':') + 2) + ".");
        }
    }
}
