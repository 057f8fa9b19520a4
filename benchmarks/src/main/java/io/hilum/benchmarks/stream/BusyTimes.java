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
}
