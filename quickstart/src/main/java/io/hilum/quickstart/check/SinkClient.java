package io.hilum.quickstart.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks results-sink as any system would, over its REST interface. Threading: free to share. */
public final class SinkClient {

    private static final Duration ASK = Duration.ofSeconds(10);

    private final URI sink;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ASK).build();
    private final ObjectMapper json = new ObjectMapper();

    /** @param sink e.g. {@code http://127.0.0.1:8080} */
    public SinkClient(URI sink) {
        this.sink = sink;
    }

    /** A study with its findings; empty as long as the database has no finding of it. */
    public Optional<JsonNode> study(String studyUid) throws IOException, InterruptedException {
        return get("/api/studies/" + studyUid).filter(study -> study.path("study").path("revision").isNumber()
                || study.path("revision").isNumber());
    }

    /** What did not become findings, newest first, with the reasons. */
    public JsonNode refused() throws IOException, InterruptedException {
        return get("/api/refused?size=500").orElseThrow(() -> new IOException("results-sink has no list of refusals"));
    }

    public JsonNode worklist() throws IOException, InterruptedException {
        return get("/api/worklist?size=200").orElseThrow(() -> new IOException("results-sink has no worklist"));
    }

    private Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sink.resolve(path)).timeout(ASK).build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(json.readTree(answer.body()));
            case 404 -> Optional.empty();
            default -> throw new IOException("%s answered %d: %s".formatted(
                    sink.resolve(path), answer.statusCode(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
        };
    }
}
