package io.hilum.quickstart.house;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a service whether it is ready, and waits until it is. */
final class Health {

    private static final Duration ASK = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ASK).build();

    /** One answer of {@code /q/health/ready}: ready or not, and the body for people. */
    record Answer(boolean ready, String body) {}

    Answer ask(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(ASK).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode() == 200, response.body());
        } catch (IOException silent) {
            return new Answer(false, "no answer on port " + port + ": " + silent.getMessage());
        }
    }

    /** @throws IllegalStateException when the process ends or is not ready in time, with what it said last */
    void awaitReady(ChildProcess process, int port, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Answer last = new Answer(false, "not asked");
        while (System.nanoTime() < deadline) {
            process.requireAlive();
            last = ask(port);
            if (last.ready()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("%s is not ready after %d s. It says: %s%nThe end of its log (%s):%n%s".formatted(
                process.name(), limit.toSeconds(), last.body(), process.log(), process.tail()));
    }
}
