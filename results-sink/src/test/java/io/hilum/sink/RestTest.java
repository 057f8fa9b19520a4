package io.hilum.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.Priority;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The REST interface as other systems meet it. */
@QuarkusTest
@QuarkusTestResource(House.class)
class RestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGO = Duration.ofMinutes(30);

    @BeforeEach
    void waitForTheFeeds() {
        Client.awaitReady();
    }

    @Test
    void worklistFiltersByTextAndKeepsTheOrderAcrossPages() throws Exception {
        try (Topical topical = new Topical()) {
            Priority[] priorities = {Priority.ROUTINE, Priority.STAT, Priority.URGENT, Priority.ROUTINE, Priority.STAT};
            for (int i = 0; i < priorities.length; i++) {
                topical.publish(Samples.study("1.5." + i, "Zz_Rest^No" + i, "R%" + i, AGO.plusMinutes(i)));
                topical.publish(Samples.findings("1.5." + i, 1, priorities[i], AGO.plusMinutes(i), 0.1, 0.1, 0.1, 0.1, 0.1));
            }
            topical.publish(Samples.findings("1.5.4", 2, Priority.STAT, AGO, 0.1, 0.1, 0.1, 0.1, 0.1).toBuilder()
                    .setStatus(FindingsStatus.WITHDRAWN).build());
        }
        await().atMost(PATIENCE).until(() -> uids("q=zz_rest&priority=stat&priority=routine&priority=urgent").size() == 4
                && uids("q=zz_rest&status=withdrawn").size() == 1);
        assertEquals(List.of("1.5.1", "1.5.2", "1.5.3", "1.5.0"), uids("q=Zz_Rest%20No"));
        assertEquals(List.of("1.5.3", "1.5.0"), uids("q=zz_rest&size=2&page=1"));
        assertEquals(List.of("1.5.2"), uids("q=R%252"), "a percent sign is a percent sign");
        assertEquals(List.of(), uids("q=Zz%25Rest"));
        assertEquals(List.of(), uids("q=zz_rest&since=2100-01-01T00:00:00Z"));
    }

    @Test
    void everyJsonSaysWhatItIsNot() {
        for (String path : List.of("/api/worklist", "/api/refused", "/api/models", "/api/counts")) {
            assertEquals(Disclaimer.TEXT, Client.json(path).get("disclaimer").asText(), path);
        }
        for (String path : List.of("/api/studies/0.0", "/api/images/0.0/canvas.png", "/api/images/0.0/heatmap/x.png")) {
            assertEquals(404, Client.get(path).statusCode());
        }
        for (String path : List.of("/api/worklist?size=0", "/api/worklist?page=-1", "/api/worklist?priority=soon",
                "/api/worklist?since=yesterday", "/api/worklist?hours=-1", "/api/refused?size=100000")) {
            HttpResponse<byte[]> wrong = Client.get(path);
            assertEquals(400, wrong.statusCode(), path);
            assertTrue(new String(wrong.body()).contains(Disclaimer.TEXT), path);
        }
    }

    @Test
    void studyTellsEverythingAndItsPicturesFit() throws Exception {
        try (Topical topical = new Topical()) {
            topical.publish(Samples.study("1.6.1", "Rest^Ada", "R61", AGO));
            topical.publish(Samples.findings("1.6.1", 1, Priority.STAT, AGO, 0.9, 0.2, 0.3, 0.1, 0.1));
        }
        await().atMost(PATIENCE).until(() -> Client.get("/api/studies/1.6.1").statusCode() == 200
                && Client.json("/api/studies/1.6.1").at("/study/patient/id").asText().equals("R61")
                && Client.json("/api/studies/1.6.1").get("images").size() == 1);
        JsonNode study = Client.json("/api/studies/1.6.1");
        assertEquals(Disclaimer.TEXT, study.get("disclaimer").asText());
        assertEquals(Disclaimer.SYNTHETIC, study.at("/lines/0/notice").asText());
        assertTrue(study.at("/lines/0/findings/2/operatingPoint").isNull());
        assertEquals("Pneumothorax 0.90 >= 0.41", study.at("/priorityInputs/0").asText());
        assertEquals(431, study.at("/times/receivedToScoredMillis").asInt());
        assertEquals(182_000, study.at("/images/0/times/computeMicros").asInt());

        HttpResponse<byte[]> canvas = Client.get(study.at("/images/0/canvas").asText());
        HttpResponse<byte[]> heat = Client.get(study.at("/images/0/heatMaps/0/overlay").asText());
        assertEquals("no-store", canvas.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(Films.WIDTH, ImageIO.read(new ByteArrayInputStream(canvas.body())).getWidth());
        assertEquals(Films.HEIGHT, ImageIO.read(new ByteArrayInputStream(heat.body())).getHeight());
        assertEquals("0.0372", heat.headers().firstValue("X-Hilum-Raw-Maximum").orElseThrow());
        assertEquals(200, Client.get("/api/images/1.6.1.1/canvas.png").statusCode(), "the short address");
        assertEquals(200, Client.get("/api/images/1.6.1.1/heatmap/Pneumothorax.png").statusCode());
    }

    @Test
    void pagesForbidEverythingFromElsewhere() {
        for (String path : List.of("/", "/admin.html", "/js/dom.js", "/api/counts", "/api/studies/0.0", "/no-such-page")) {
            HttpResponse<byte[]> answer = Client.get(path);
            assertTrue(answer.headers().firstValue("Content-Security-Policy").orElse("").contains("default-src 'none'"), path);
            assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""), path);
        }
    }

    private static List<String> uids(String query) {
        return Client.json("/api/worklist?" + query).findValuesAsText("studyUid");
    }
}
