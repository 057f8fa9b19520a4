package io.hilum.benchmarks.chaos.harness;

import java.util.ArrayList;
import java.util.List;

/** From an image's sending to its first visibility for a read-committed reader. Free to share. */
final class LatencyLog {

    /**
     * @param sentUs microseconds since the epoch
     * @param micros until it was visible
     */
    record Latency(long sentUs, long micros) {

        double millis() {
            return micros / 1e3;
        }
    }

    private final List<Latency> all = new ArrayList<>();
    private final JsonLines csv;

    LatencyLog(JsonLines csv) {
        this.csv = csv;
        csv.writeLine("sent_us,visible_us,scored");
    }

    synchronized void add(long sentUs, long visibleUs, boolean scored) {
        all.add(new Latency(sentUs, visibleUs - sentUs));
        csv.writeLine(sentUs + "," + visibleUs + "," + scored);
    }

    synchronized List<Latency> all() {
        return List.copyOf(all);
    }
}
