package io.hilum.processor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams.State;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Liveness is down where only a restart helps, and nowhere else; readiness is down where nothing can be scored. */
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(80);
    private static final Set<State> GIVEN_UP = Set.of(State.NOT_RUNNING, State.PENDING_ERROR, State.ERROR);

    @ParameterizedTest
    @EnumSource(State.class)
    void isDeadInExactlyTheStatesThatNothingLeadsOutOf(State state) {
        StreamVerdict verdict = StreamVerdict.of(Optional.of(state), "", Duration.ZERO, PATIENCE);
        assertEquals(!GIVEN_UP.contains(state), verdict.alive());
        assertEquals(verdict.alive(), verdict.reason().isEmpty(), "whoever restarts it must read why");
    }

    @Test
    void waitingForABrokerOrAModelIsNoReasonToRestart() {
        assertTrue(StreamVerdict.of(Optional.empty(), "", Duration.ZERO, PATIENCE).alive());
    }

    @Test
    void aStuckThreadIsEndedWhenNoTimeOutCanHelpAnyMoreAndNotBefore() {
        assertTrue(StreamVerdict.of(Optional.of(State.RUNNING), "", PATIENCE, PATIENCE).alive());
        StreamVerdict verdict = StreamVerdict.of(Optional.of(State.RUNNING), "", PATIENCE.plusSeconds(1), PATIENCE);
        assertFalse(verdict.alive());
        assertEquals("Images wait, and nothing was committed for 81 s: a stream thread is stuck.", verdict.reason());
        assertTrue(StreamVerdict.of(Optional.of(State.REBALANCING), "", PATIENCE.multipliedBy(9), PATIENCE).alive(),
                "restoring state takes as long as it takes");
    }

    @Test
    void aThreadOfTheServiceThatEndedIsNotHiddenByARunningStream() {
        StreamVerdict verdict = StreamVerdict.of(Optional.of(State.RUNNING), "the thread that follows releases", Duration.ZERO, PATIENCE);
        assertEquals("It has ended: the thread that follows releases.", verdict.reason());
    }

    @Test
    void beforeTheStreamStartsItIsAliveAndNotReady() {
        ScoringService service = new ScoringService(TestConfig.with(Map.of()), new SimpleMeterRegistry());
        HealthCheckResponse live = new StreamsHealth(service).call();
        assertEquals(HealthCheckResponse.Status.UP, live.getStatus());
        assertEquals("waiting for the start", live.getData().orElseThrow().get("state"));
        assertEquals(HealthCheckResponse.Status.DOWN, new TopicsHealth(service).call().getStatus());
        assertEquals(HealthCheckResponse.Status.DOWN, new ModelHealth(service).call().getStatus());
    }

    @Test
    void itsPatienceIsWhatTheGroupAndTheBrokerAllowTogether() {
        ScoringService service = new ScoringService(TestConfig.with(Map.of("hilum.processor.max-poll-interval", "90s")),
                new SimpleMeterRegistry());
        assertEquals(Duration.ofSeconds(110), service.patience());
    }
}
