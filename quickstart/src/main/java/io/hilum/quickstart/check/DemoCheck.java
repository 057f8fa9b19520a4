package io.hilum.quickstart.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits until everything that the door accepted has come out at both ends: each image on the results
 * topic, each study in the database.
 */
public final class DemoCheck {

    private final FindingsWatcher watcher;
    private final URI sink;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param sink results-sink's address, e.g. {@code http://127.0.0.1:8080} */
    public DemoCheck(FindingsWatcher watcher, URI sink) {
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
        watcher.await(() -> imagesSeen().containsAll(sent.acceptedImages()), limit);
        int rows = awaitRows(sent.acceptedStudies(), deadline);
        Set<String> seen = imagesSeen();
        seen.retainAll(sent.acceptedImages());
        double[] latencies = watcher.latenciesMillis();
        double first = watcher.firstScored() == null
                ? Double.NaN
                : Duration.between(commandStarted, watcher.firstScored()).toMillis() / 1000.0;
        return new CheckReport(
                sent.count(), seen.size(), rows, sent.refused(), first,
                Percentiles.nearestRank(latencies, 0.50), Percentiles.nearestRank(latencies, 0.99));
    }

    /** Whether every image that was sent is accounted for: on the topic and in the database, or refused. */
    public static boolean complete(CheckReport report, SentStudies sent) {
        return report.findings() + report.refused() == report.sent()
                && report.findings() == sent.acceptedImages().size()
                && report.rows() == sent.acceptedStudies().size()
                && report.sent() > 0;
    }

    private Set<String> imagesSeen() {
        Set<String> images = new HashSet<>();
        watcher.studies().values().forEach(study -> images.addAll(study.images()));
        return images;
    }

    private int awaitRows(Set<String> studies, Instant deadline) throws IOException, InterruptedException {
        Set<String> missing = new HashSet<>(studies);
        while (true) {
            for (String study : Set.copyOf(missing)) {
                if (inDatabase(study)) {
                    missing.remove(study);
                }
            }
            if (missing.isEmpty() || Instant.now().isAfter(deadline)) {
                return studies.size() - missing.size();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean inDatabase(String studyUid) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sink.resolve("/api/studies/" + studyUid))
                .timeout(Duration.ofSeconds(5)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        // A study whose demographics came before its findings has a row but no revision yet.
        return answer.statusCode() == 200 && answer.body().contains("\"revision\"");
    }
}
