package io.hilum.processor.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.ImageReceived;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineIdentity;
import io.hilum.model.input.Geometry;
import io.hilum.processor.TestImages;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One image, two lines. */
class SeveralLinesTest {

    private final ModelHost host = new ModelHost(BatcherOptions.defaults(), serving -> { });
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EngineScorer scorer = new EngineScorer(host, 3, 1, new ScoreMeters(meters));
    private final FakeEngine chest = new FakeEngine("chest", "1", Geometry.STRETCH, 224);
    private final FakeEngine covid = new FakeEngine("covid", "7", Geometry.CROP, 32);

    @BeforeEach
    void serve() {
        host.serve(chest);
        host.serve(covid);
    }

    @AfterEach
    void stop() {
        scorer.close();
        host.close();
    }

    @Test
    void noImageLeavesBeforeTheSlowerLineHasScoredIt() throws Exception {
        covid.hold = new CountDownLatch(1);
        CompletableFuture<Scores> scores = scorer.score(image(7), false);
        assertTrue(covid.entered.await(10, TimeUnit.SECONDS));
        Awaitility.await().until(() -> host.queued() == 0);
        assertFalse(scores.isDone());
        covid.hold.countDown();
        assertEquals(List.of("chest 1", "covid 7"), linesOf(scores.get(10, TimeUnit.SECONDS)));
        assertEquals(1, meters.get("hilum.processor.scored").counter().count(), "one image");
    }

    @Test
    void anImageThatOneLineCannotScoreIsNeitherLostForTheOtherNorSilent() throws Exception {
        covid.poison = 9;
        Scores scores = scorer.score(image(9), false).get(10, TimeUnit.SECONDS);
        assertEquals(List.of("chest 1"), linesOf(scores));
        assertEquals("covid", scores.failures().get(0).line());
        assertTrue(scores.failures().get(0).cause().getMessage().contains("poison"), scores.failures().toString());
        chest.poison = 9;
        ExecutionException both = assertThrows(ExecutionException.class, () -> scorer.score(image(9), false).get(10, TimeUnit.SECONDS));
        assertTrue(both.getCause().getMessage().contains("poison"), both.toString());
        assertEquals(List.of("chest 1", "covid 7"), linesOf(scorer.score(image(7), false).get(10, TimeUnit.SECONDS)), "neither line stops");
    }

    @Test
    void aBrokenEngineOfOneLineDoesNotLetFindingsOutWithoutIt() {
        covid.fault = "device lost";
        ExecutionException failed = assertThrows(ExecutionException.class, () -> scorer.score(image(7), false).get(10, TimeUnit.SECONDS));
        assertInstanceOf(ScoringBrokenException.class, failed.getCause());
        assertTrue(host.fault().startsWith("covid: "), host.fault());
    }

    @Test
    void aLineThatIsTakenOutOfServiceDoesNotStopWhatIsUnderWay() throws Exception {
        covid.hold = new CountDownLatch(1);
        CompletableFuture<Scores> underWay = scorer.score(image(7), false);
        assertTrue(covid.entered.await(10, TimeUnit.SECONDS));
        CompletableFuture<Scores> waiting = scorer.score(image(8), false);
        Awaitility.await().until(() -> host.queued() == 1);
        Thread removing = new Thread(() -> host.remove("covid"));
        removing.start();
        Awaitility.await().until(() -> host.serving().size() == 1);
        CompletableFuture<Scores> after = scorer.score(image(9), false);
        assertEquals(List.of("chest 1"), linesOf(after.get(10, TimeUnit.SECONDS)));
        covid.hold.countDown();
        assertEquals(List.of("chest 1", "covid 7"), linesOf(underWay.get(10, TimeUnit.SECONDS)));
        assertEquals(List.of("chest 1", "covid 7"), linesOf(waiting.get(10, TimeUnit.SECONDS)));
        removing.join(10_000);
        assertTrue(covid.closed.get());
    }

    @Test
    void withoutAnyLineAnImageIsNotTakenForABadOne() {
        host.remove("chest");
        host.remove("covid");
        assertEquals(List.of(), host.serving().stream().map(EngineIdentity::line).toList());
        ExecutionException failed = assertThrows(ExecutionException.class, () -> scorer.score(image(7), false).get(10, TimeUnit.SECONDS));
        assertInstanceOf(ScoringBrokenException.class, failed.getCause());
        assertTrue(failed.getCause().getMessage().contains("No model line serves any more"), failed.toString());
    }

    private static List<String> linesOf(Scores scores) {
        return scores.lines().stream().map(line -> line.scores().getLine() + " " + line.scores().getVersion()).toList();
    }

    private static ImageReceived image(int grey) throws IOException {
        return TestImages.image(1, grey).setCanvas(Canvases.of(300, 400, grey)).build();
    }
}
