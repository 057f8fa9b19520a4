package io.hilum.sink.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageGuardTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"})
    void thisMachinesOwnNamesAreAnswered(String host) {
        assertTrue(PageGuard.isThisMachine(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example", "localhost.rebound.example:8080", "127.0.0.1.rebound.example", "10.0.0.7:8080", ""})
    void namesThatOnlyPointHereAreTurnedAway(String host) {
        assertFalse(PageGuard.isThisMachine(host));
    }
}
