package io.hilum.quickstart.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits until everything that the door accepted has come out at both ends: each image on the results
 * topic, each study in the database. What was quarantined after acceptance counts as refused, if the
 * administrator sees a reason for it.
 */
public final class DemoCheck {

    private static final long ASK_AGAIN_MILLIS = 200;

    private final FindingsWatcher watcher;
    private final SinkClient sink;

    public DemoCheck(FindingsWatcher watcher, SinkClient sink) {
        this.watcher = watcher;
        this.sink = sink;
    }

    /**
     * @param sent what the door was sent
     * @param commandStarted when the person typed the command
     * @param limit how long to wait after the last image was sent
     * @return what was found; {@link #complete} says whether it is everything
     */
    public CheckReport run(SentStudies sent, Instant commandStarted, Duration limit)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        Set<String> waiting = new HashSet<>(sent.acceptedImages());
        Set<String> quarantined = new HashSet<>();
        Set<String> rows = new HashSet<>();
        while (true) {
            waiting.removeAll(watcher.images());
            if (!waiting.isEmpty()) {
                quarantined.addAll(quarantinedAmong(waiting));
                waiting.removeAll(quarantined);
            }
            for (String study : sent.acceptedStudies()) {
                if (!rows.contains(study) && sink.study(study).isPresent()) {
                    rows.add(study);
                }
            }
            boolean all = waiting.isEmpty() && rows.size() >= watcher.studiesAmong(sent.acceptedStudies());
            if (all || Instant.now().isAfter(deadline)) {
                return report(sent, quarantined, rows, commandStarted);
            }
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
        }
    }

    private CheckReport report(SentStudies sent, Set<String> quarantined, Set<String> rows, Instant commandStarted) {
        Set<String> seen = watcher.images();
        seen.retainAll(sent.acceptedImages());
        double[] latencies = watcher.latenciesMillis(sent.acceptedImages());
        double first = watcher.firstScored() == null
                ? Double.NaN
                : Duration.between(commandStarted, watcher.firstScored()).toMillis() / 1000.0;
        return new CheckReport(
                sent.count(), seen.size(), rows.size(), sent.refused() + quarantined.size(), first,
                Percentiles.nearestRank(latencies, 0.50), Percentiles.nearestRank(latencies, 0.99));
    }

    /** Whether every image that was sent is accounted for: on the topic and its study in the database, or refused. */
    public boolean complete(CheckReport report, SentStudies sent) {
        return report.sent() > 0
                && report.findings() + report.refused() + sent.repeated() == report.sent()
                && report.rows() == watcher.studiesAmong(sent.acceptedStudies());
    }

    private Set<String> quarantinedAmong(Set<String> images) throws IOException, InterruptedException {
        Set<String> found = new HashSet<>();
        for (JsonNode letter : sink.refused().path("refused")) {
            String image = letter.path("sopInstanceUid").asText();
            if (letter.path("kind").asText().equals("QUARANTINED")
                    && images.contains(image) && !letter.path("cause").asText().isBlank()) {
                found.add(image);
            }
        }
        return found;
    }
}
