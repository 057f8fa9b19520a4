package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that misbehave: a scripted status for each put. */
class S3ServiceFaultsTest {

    private final Deque<Integer> putAnswers = new ArrayDeque<>();
    private volatile int deleteAnswer = 200;
    private HttpServer server;
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", this::answer);
        server.start();
        URI uri = URI.create("s3://bucket?endpoint=http://127.0.0.1:" + server.getAddress().getPort());
        store = S3ObjectStore.open(S3Location.parse(uri), S3ObjectStoreTest.CREDENTIALS, 7);
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void refusesAServiceThatWouldOverwriteInSilence() {
        putAnswers.add(200);
        putAnswers.add(200);
        IOException refused = assertThrows(IOException.class, store::begin);
        assertTrue(refused.getMessage().contains("ignores If-None-Match"), refused.getMessage());
    }

    @Test
    void triesAgainWhileAnotherWriterIsUnderWay() throws IOException {
        probed();
        putAnswers.add(409);
        putAnswers.add(409);
        putAnswers.add(200);
        assertEquals(URI.create("s3://bucket/a"), store.put("a", new byte[] {1}));
    }

    @Test
    void reportsNoSuccessWhenTheServiceRefusesThePut() throws IOException {
        probed();
        putAnswers.add(403);
        IOException refused = assertThrows(IOException.class, () -> store.put("a", new byte[] {1}));
        assertTrue(refused.getMessage().contains("could not store a"), refused.getMessage());
    }

    @Test
    void letsNoFailedRemovalOfTheProbeHideThatTheServiceIsAway() throws IOException {
        deleteAnswer = 403;
        putAnswers.add(403);
        IOException away = assertThrows(IOException.class, store::begin);
        assertTrue(away.getMessage().contains("could not store hilum-probe"), away.getMessage());
        probed();
    }

    private void probed() throws IOException {
        putAnswers.add(200);
        putAnswers.add(412);
        store.begin().close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        int status = switch (exchange.getRequestMethod()) {
            case "PUT" -> putAnswers.remove();
            case "DELETE" -> deleteAnswer;
            default -> 200;
        };
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
