package io.hilum.sink;

import static io.hilum.contracts.event.Priority.ROUTINE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events over a real connection. */
@QuarkusTest
@QuarkusTestResource(House.class)
class LiveEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGO = Duration.ofMinutes(1);

    @BeforeEach
    void waitForTheFeeds() {
        Client.awaitReady();
    }

    @Test
    void openPageHearsOfAStudyAndOneThatReconnectsMissesNone() throws Exception {
        String last;
        try (Topical topical = new Topical()) {
            try (Listener page = new Listener(null)) {
                await().atMost(PATIENCE).until(() -> page.has("event:hello"));
                topical.publish(Samples.findings("1.3.1", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
                await().atMost(PATIENCE).until(() -> page.has("\"studyUid\":\"1.3.1\""));
                assertTrue(page.has("event:study"));
                assertFalse(page.lines.stream().anyMatch(line -> line.contains("patientName")));
                last = page.lastId();
            }
            topical.publish(Samples.findings("1.3.2", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
            topical.publish(Samples.findings("1.3.3", 1, ROUTINE, AGO, 0.1, 0.1, 0.1, 0.1, 0.1));
            await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.3.2").statusCode() == 200
                    && Client.get("/api/studies/1.3.3").statusCode() == 200);
            try (Listener again = new Listener(last)) {
                await().atMost(PATIENCE).until(() -> again.has("\"studyUid\":\"1.3.2\"") && again.has("\"studyUid\":\"1.3.3\""));
                assertEquals(1, again.lines.stream().filter(line -> line.contains("1.3.2")).count());
                assertFalse(again.has("\"studyUid\":\"1.3.1\""));
            }
        }
    }

    @Test
    void pageWhoseLastEventIsUnknownIsToldToReload() throws Exception {
        try (Listener page = new Listener("999999999999")) {
            await().atMost(PATIENCE).until(() -> page.has("event:refresh"));
        }
    }

    /** Reads a stream of events on a thread of its own. */
    private static final class Listener implements AutoCloseable {

        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Stream<String> body;
        private final Thread reader;

        Listener(String lastEventId) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Client.address() + "/api/events"))
                    .header("Accept", "text/event-stream");
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<Stream<String>> answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
            assertEquals(200, answer.statusCode());
            body = answer.body();
            reader = new Thread(() -> {
                try {
                    body.forEach(lines::add);
                } catch (java.io.UncheckedIOException closed) {
                    lines.add("closed");
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        boolean has(String text) {
            return lines.stream().map(line -> line.replace(": ", ":")).anyMatch(line -> line.contains(text));
        }

        String lastId() {
            return lines.stream().filter(line -> line.startsWith("id:")).reduce((first, second) -> second).orElseThrow()
                    .substring(3).strip();
        }

        @Override
        public void close() {
            body.close();
        }
    }
}
