package io.hilum.sink.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {

    @Test
    void defaultsStart() {
        assertEquals(List.of(), problems("127.0.0.1", Map.of()));
    }

    @Test
    void namesAreNotOpenedToTheNetworkByMistake() {
        assertTrue(problems("0.0.0.0", Map.of()).get(0).contains("patients' names would be open"));
        assertEquals(List.of(), problems("0.0.0.0", Map.of("hilum.sink.open-without-auth", "true")));
    }

    @Test
    void basicWithoutUsersDoesNotStartAndThenLetNobodyIn() {
        assertTrue(problems("0.0.0.0", Map.of("hilum.sink.auth", "basic")).get(0).contains("users-file is not set"));
        assertTrue(problems("0.0.0.0", Map.of("hilum.sink.auth", "basic", "hilum.sink.users-file", "/nowhere/users"))
                .get(0).contains("cannot be read"));
    }

    @Test
    void allWrongValuesAreToldAtOnce() {
        assertEquals(6, problems("127.0.0.1", Map.of("hilum.sink.database.url", "jdbc:h2:mem", "hilum.sink.database.connections", "2",
                "hilum.sink.feed.batch", "0", "hilum.sink.feed.longest-retry", "1ms", "hilum.sink.live.changes-kept", "1",
                "hilum.sink.heat-map-pixels", "0")).size());
    }

    @Test
    void onlyLoopbackAddressesAreLoopback() {
        assertTrue(ConfigCheck.isLoopback("localhost"));
        assertTrue(ConfigCheck.isLoopback("::1"));
        assertFalse(ConfigCheck.isLoopback("0.0.0.0"));
        assertFalse(ConfigCheck.isLoopback("10.1.2.3"));
    }

    private static List<String> problems(String host, Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(SinkConfig.class).withDefaultValues(values).build();
        return ConfigCheck.problems(config.getConfigMapping(SinkConfig.class), host);
    }
}
