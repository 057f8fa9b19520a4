package io.hilum.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.sink.access.PasswordHash;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With {@code auth=basic} nobody reads a name without a password. Neither database nor broker is there. */
@QuarkusTest
@TestProfile(AccessTest.Basic.class)
class AccessTest {

    /** One user. */
    public static final class Basic implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path users = Files.createTempFile("hilum-users", ".properties");
                users.toFile().deleteOnExit();
                Files.writeString(users, "ada = " + PasswordHash.of("lovelace".toCharArray()));
                return Map.of("hilum.sink.auth", "basic", "hilum.sink.users-file", users.toString(),
                        "hilum.sink.database.url", "jdbc:postgresql://127.0.0.1:1/nothing");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Test
    void pagesAndPicturesAndEventsAskForAPassword() {
        for (String path : new String[] {"/", "/index.html", "/admin.html", "/api/worklist", "/api/studies/1", "/api/events",
            "/api/images/1/canvas.png", "/api/refused", "/api/counts", "/js/list.js", "//api/worklist", "/api/worklist/"}) {
            assertEquals(401, Client.get(path).statusCode(), path);
            assertEquals(401, Client.get(path, "Authorization", basic("ada", "wrong")).statusCode(), path);
        }
    }

    @Test
    void userOfTheFileGetsInAndProbesNeedNoPassword() {
        assertEquals(200, Client.get("/", "Authorization", basic("ada", "lovelace")).statusCode());
        assertEquals(200, Client.get("/q/health/live").statusCode());
        assertTrue(new String(Client.get("/q/metrics").body(), StandardCharsets.UTF_8).contains("hilum_sink_feed_lag"));
    }

    @Test
    void serviceWithoutDatabaseStartsAndSaysWhatIsMissing() {
        var counts = Client.get("/api/counts", "Authorization", basic("ada", "lovelace"));
        assertEquals(503, counts.statusCode());
        assertTrue(new String(counts.body(), StandardCharsets.UTF_8).contains("The database does not answer"));
        var ready = Client.get("/q/health/ready");
        assertEquals(503, ready.statusCode());
        assertTrue(new String(ready.body(), StandardCharsets.UTF_8).contains("has not answered since the start"));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
