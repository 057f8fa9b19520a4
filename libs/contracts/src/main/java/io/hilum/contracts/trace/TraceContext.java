package io.hilum.contracts.trace;

import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Where in a trace somebody stands: W3C Trace Context (Recommendation of 2021), {@code traceparent} and
 * {@code tracestate}. It holds random numbers only, nothing of a person.
 *
 * @param traceId 32 lower-case hex digits, not all zero; one for each image
 * @param spanId 16 lower-case hex digits, not all zero; the span that comes before
 * @param flags one byte; bit 0: whoever records spans is to record this trace
 * @param state of tracing systems on the way, as it came; empty where there is none
 */
public record TraceContext(String traceId, String spanId, int flags, String state) {

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    /** Section 3.3.1.5: at least 512 characters are to be carried; longer ones are not. */
    private static final int LONGEST_STATE = 512;
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e\\t]{0," + LONGEST_STATE + "}");
    private static final int VERSION_00 = 55;
    private static final int SAMPLED = 1;

    public TraceContext {
        if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches() || flags < 0 || flags > 0xFF
                || !STATE.matcher(Objects.requireNonNull(state, "state")).matches()) {
            throw new IllegalArgumentException("no trace context: " + traceId + ", " + spanId + ", " + flags + ", " + state);
        }
    }

    /** A trace that begins here, to be recorded by whoever records. */
    public static TraceContext random() {
        SplittableRandom random = new SplittableRandom(ThreadLocalRandom.current().nextLong());
        return new TraceContext(hex(random) + hex(random), hex(random), SAMPLED, "");
    }

    /**
     * Reads what a stranger wrote.
     *
     * @param traceparent e.g. {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
     * @param tracestate null or empty for none; one that is malformed is left out
     * @return empty where {@code traceparent} is absent or malformed
     */
    public static Optional<TraceContext> parse(String traceparent, String tracestate) {
        if (traceparent == null || traceparent.length() < VERSION_00) {
            return Optional.empty();
        }
        int version = hexByte(traceparent, 0);
        boolean longer = traceparent.length() > VERSION_00;
        // A later version may have more fields; these four keep their places.
        if (version < 0 || version == 0xFF || longer && (version == 0 || traceparent.charAt(VERSION_00) != '-')
                || traceparent.charAt(2) != '-' || traceparent.charAt(35) != '-' || traceparent.charAt(52) != '-') {
            return Optional.empty();
        }
        String traceId = traceparent.substring(3, 35);
        String spanId = traceparent.substring(36, 52);
        int flags = hexByte(traceparent, 53);
        if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches() || flags < 0) {
            return Optional.empty();
        }
        String state = tracestate == null || !STATE.matcher(tracestate).matches() ? "" : tracestate;
        return Optional.of(new TraceContext(traceId, spanId, flags, state));
    }

    public boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /** As it stands in a header, version 00. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + Character.forDigit(flags >> 4, 16) + Character.forDigit(flags & 0xF, 16);
    }

    private static String hex(SplittableRandom random) {
        long drawn;
        do {
            drawn = random.nextLong();
        } while (drawn == 0);
        String digits = Long.toHexString(drawn);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** @return -1 where no two lower-case hex digits stand */
    private static int hexByte(String text, int at) {
        int high = digit(text.charAt(at));
        int low = digit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char letter) {
        return letter >= '0' && letter <= '9' ? letter - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
