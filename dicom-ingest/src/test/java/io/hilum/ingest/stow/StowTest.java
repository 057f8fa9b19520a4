package io.hilum.ingest.stow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StorageScu;
import io.hilum.ingest.Films;
import io.hilum.ingest.IngestService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STOW-RS and the administrator's side over real HTTP. */
@QuarkusTest
@TestProfile(HttpProfile.class)
class StowTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI root;

    @Inject
    IngestService service;

    private final HttpClient client = HttpClient.newHttpClient();

    private static byte[] body(byte[]... instances) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] instance : instances) {
            body.writeBytes("--b0\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(instance);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--b0--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private HttpResponse<String> post(String path, byte[] body) throws Exception {
        return post(path, "multipart/related; type=\"application/dicom\"; boundary=b0", body);
    }

    private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return client.send(HttpRequest.newBuilder(root.resolve(path)).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(root.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answers200WhenAllIsStored() throws Exception {
        HttpResponse<String> answer = post("studies", body(Films.file(Films.chest("1.2", "1.1")), Films.file(Films.chest("1.2", "1.2"))));
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("application/dicom+json"));
        JsonNode stored = JSON.readTree(answer.body()).at("/00081199/Value");
        assertEquals(2, stored.size());
        assertEquals("1.2", stored.get(1).at("/00081155/Value/0").asText());
        assertEquals(200, post("studies", body(Films.file(Films.chest("1.2", "1.1")))).statusCode(), "again");
        assertEquals(200, post("studies/1.2", body(Films.file(Films.chest("1.2", "1.3")))).statusCode());
    }

    @Test
    void answers202WithAReasonForEachFailure() throws Exception {
        byte[] hand = Films.file(Films.chest("1.3", "2.2").putString(Tag.BODY_PART_EXAMINED, "HAND"));
        HttpResponse<String> answer = post("studies", body(Films.file(Films.chest("1.3", "2.1")), hand, new byte[500]));
        assertEquals(202, answer.statusCode(), answer.body());
        JsonNode json = JSON.readTree(answer.body());
        assertEquals(1, json.at("/00081199/Value").size());
        assertEquals("2.2", json.at("/00081198/Value/0/00081155/Value/0").asText());
        assertEquals(0xC011, json.at("/00081198/Value/0/00081197/Value/0").asInt());
        assertEquals(0xC001, json.at("/0008119A/Value/0/00081197/Value/0").asInt());
        List<String> warnings = answer.headers().allValues("Warning");
        assertTrue(warnings.stream().anyMatch(warning -> warning.contains("'HAND'")), warnings.toString());
        assertTrue(get("api/refusals").body().contains("'HAND'"));
    }

    @Test
    void answers409WhenNothingIsStored() throws Exception {
        assertEquals(409, post("studies", body(new byte[500])).statusCode());
        HttpResponse<String> other = post("studies/1.9", body(Films.file(Films.chest("1.4", "3.1"))));
        assertEquals(409, other.statusCode());
        assertEquals(0xC030, JSON.readTree(other.body()).at("/00081198/Value/0/00081197/Value/0").asInt());
    }

    @Test
    void refusesRequestsThatAreNoStow() throws Exception {
        assertEquals(415, post("studies", "multipart/related; type=\"application/dicom+xml\"; boundary=b0", body()).statusCode());
        assertEquals(415, post("studies", "application/dicom", new byte[10]).statusCode());
        assertEquals(400, post("studies", "multipart/related; type=\"application/dicom\"", body()).statusCode());
        assertEquals(400, post("studies", body()).statusCode());
        assertEquals(400, post("studies/not-a-uid", body()).statusCode());
        byte[] whole = body(Films.file(Films.chest("1.5", "4.1")));
        assertEquals(400, post("studies", java.util.Arrays.copyOf(whole, whole.length - 300)).statusCode());
    }

    @Test
    void takesImagesAndSaysSoWithoutABroker() throws Exception {
        StorageScu.echo(ScuOptions.to("127.0.0.1", service.node().dicomPort(), "HILUM", "TEST"));
        HttpResponse<String> ready = get("q/health/ready");
        assertEquals(200, ready.statusCode(), ready.body());
        JsonNode checks = JSON.readTree(ready.body()).at("/checks");
        assertEquals(2, checks.size());
        assertFalse(ready.body().contains("PUBLISHING"), ready.body());
        assertEquals(200, post("studies", body(Films.file(Films.chest("1.6", "5.1")))).statusCode());
        String metrics = get("q/metrics").body();
        assertTrue(metrics.contains("hilum_ingest_received_total") && metrics.contains("hilum_ingest_backlog"), metrics);
        assertEquals(503, client.send(HttpRequest.newBuilder(root.resolve("api/reconcile"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals("[]", get("api/quarantine").body());
    }
}
