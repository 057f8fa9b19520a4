package io.hilum.benchmarks.stream;

import java.util.ArrayList;
import java.util.List;

/** When the engine computed, microseconds since the epoch. Any thread. */
final class BusyTimes {

    private record Span(long began, long ended) {}

    private final List<Span> spans = new ArrayList<>();

    synchronized void add(long began, long ended) {
        spans.add(new Span(began, ended));
    }

    /** @return how much of that time the engine was busy, microseconds */
    synchronized long within(long from, long until) {
        return spans.stream().mapToLong(span -> Math.max(0, Math.min(until, span.ended) - Math.max(from, span.began))).sum();
    }

    /** @return of the time from the first computation to the end of the last one, how much the engine was busy, 0 to 1 */
    synchronized double share() {
        long began = spans.stream().mapToLong(Span::began).min().orElse(0);
        long ended = spans.stream().mapToLong(Span::ended).max().orElse(0);
        return ended == began ? 0 : (double) within(began, ended) / (ended - began);
    }
}
