package io.hilum.processor.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Region;
import io.hilum.inference.BatcherOptions;
import io.hilum.model.input.Geometry;
import io.hilum.processor.TestImages;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scores;
import io.hilum.processor.score.ScoringBrokenException;
import io.hilum.processor.score.UnusableCanvasException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineScorerTest {

    private final ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { });
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EngineScorer scorer = new EngineScorer(host, 3, 1, new ScoreMeters(meters));

    @AfterEach
    void stop() {
        scorer.close();
        host.close();
    }

    @Test
    void aLabelWithoutOperatingPointIsNeverDecidedAndAColdMapNeverShown() throws Exception {
        host.serve(FakeEngine.of("1"));
        Scores.Line line = score(image(Canvases.of(300, 400, 7))).lines().get(0);
        Finding effusion = line.findings().getFindings(0);
        assertEquals(Decision.POSITIVE, effusion.getDecision());
        assertEquals(0.5, effusion.getOperatingPoint());
        assertEquals(TestImages.sop(1, 0), effusion.getSopInstanceUid());
        Finding nodule = line.findings().getFindings(1);
        assertEquals(Decision.UNDECIDED, nodule.getDecision());
        assertTrue(!nodule.hasOperatingPoint());
        assertEquals(7, line.scores().getScores(0).getLogit());
        HeatMap map = line.scores().getHeatMaps(0);
        assertEquals(1, line.scores().getHeatMapsCount());
        assertEquals(Region.newBuilder().setWidth(300).setHeight(400).build(), map.getRegion());
        assertEquals(List.of("a notice", "fake cpu"), List.of(line.findings().getModel().getNotice(), line.findings().getModel().getEngine()));
    }

    @Test
    void whatWasCroppedAwayIsNotClaimedToBeSeen() throws Exception {
        host.serve(new FakeEngine("chest", "crop", Geometry.CROP, 224));
        Region region = score(image(Canvases.of(448, 896, 7))).lines().get(0).scores().getHeatMaps(0).getRegion();
        assertEquals(Region.newBuilder().setX(0).setY(224).setWidth(448).setHeight(448).build(), region);
    }

    @Test
    void pixelsOtherThanTheEventsAreNotScored() throws Exception {
        host.serve(FakeEngine.of("1"));
        Canvas canvas = Canvases.of(30, 40, 7);
        assertUnusable(canvas.toBuilder().setPixelSha256(TestImages.sha256("other")).build(), "The pixels are not the ones");
        assertUnusable(canvas.toBuilder().setWidth(31).build(), "30 x 40");
        assertUnusable(canvas.toBuilder().setPng(ByteString.copyFromUtf8("no picture")).build(), "cannot be read");
        assertUnusable(canvas.toBuilder().setPng(canvas.getPng().substring(0, canvas.getPng().size() - 20)).build(), "cannot be read");
    }

    @Test
    void anImagePreparedForTheOldModelIsNotScoredByTheNewOneAsItIs() throws Exception {
        FakeEngine first = FakeEngine.of("1");
        first.hold = new CountDownLatch(1);
        host.serve(first);
        CompletableFuture<Scores> held = scorer.score(image(Canvases.of(448, 896, 1)), false);
        assertTrue(first.entered.await(10, TimeUnit.SECONDS));
        CompletableFuture<Scores> waiting = scorer.score(image(Canvases.of(448, 896, 2)), false);
        org.awaitility.Awaitility.await().until(() -> host.queued() == 1);
        host.serve(new FakeEngine("chest", "2", Geometry.CROP, 32));
        first.hold.countDown();
        assertEquals("1", held.get(10, TimeUnit.SECONDS).lines().get(0).scores().getVersion());
        Scores.Line line = waiting.get(10, TimeUnit.SECONDS).lines().get(0);
        assertEquals("2", line.scores().getVersion());
        assertEquals(448, line.scores().getHeatMaps(0).getRegion().getHeight());
        org.awaitility.Awaitility.await().untilTrue(first.closed);
    }

    @Test
    void aStoppingServiceIsNotTakenForABadImage() throws Exception {
        host.serve(FakeEngine.of("1"));
        host.close();
        CompletableFuture<Scores> refused = scorer.score(image(Canvases.of(30, 40, 1)), false);
        org.awaitility.Awaitility.await().until(refused::isDone);
        assertTrue(refused.isCancelled());
        scorer.close();
        assertTrue(scorer.score(image(Canvases.of(30, 40, 1)), false).isCancelled());
    }

    @Test
    void anUrgentImageDoesNotWaitBehindRoutineOnesThatAreNotPreparedYet() throws Exception {
        FakeEngine engine = FakeEngine.of("1");
        engine.hold = new CountDownLatch(1);
        BatcherOptions narrow = new BatcherOptions(1, Duration.ZERO, 1, 1 << 20, 0.25, 1);
        try (ModelHost slow = new ModelHost(narrow, serving -> { });
                EngineScorer one = new EngineScorer(slow, 0, 1, new ScoreMeters(new SimpleMeterRegistry()))) {
            slow.serve(engine);
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<?>> all = new ArrayList<>();
            ImageReceived image = image(Canvases.of(30, 40, 1));
            for (int number = 0; number < 8; number++) {
                int mine = number;
                all.add(one.score(image, number == 7).thenRun(() -> order.add(mine)));
            }
            // One in the engine, one in the batcher, one held by the only preparing thread.
            org.awaitility.Awaitility.await().until(() -> slow.queued() == 1);
            engine.hold.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertTrue(order.indexOf(7) <= 3, order.toString());
        }
    }

    @Test
    void aBrokenEngineIsNotTakenForABadImageAndIsNotReady() throws Exception {
        FakeEngine engine = FakeEngine.of("1");
        engine.fault = "device lost";
        host.serve(engine);
        CompletableFuture<Scores> scores = scorer.score(image(Canvases.of(30, 40, 1)), false);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> scores.get(10, TimeUnit.SECONDS));
        assertInstanceOf(ScoringBrokenException.class, failed.getCause());
        assertTrue(host.fault().startsWith("chest: ") && host.fault().contains("device lost"), host.fault());
        engine.fault = null;
        score(image(Canvases.of(30, 40, 1)));
        assertEquals("", host.fault());
    }

    @Test
    void noPositiveFindingIsLeftWithoutItsHeatMap() throws Exception {
        FakeEngine engine = FakeEngine.of("1");
        host.serve(engine);
        score(image(Canvases.of(30, 40, 1)));
        assertTrue(engine.last.everyPositive());
        assertEquals(2, engine.last.mapLabels().length, "no more maps than labels");
        try (EngineScorer plain = new EngineScorer(host, 0, 1, new ScoreMeters(meters))) {
            plain.score(image(Canvases.of(30, 40, 1)), true).get(10, TimeUnit.SECONDS);
        }
        assertFalse(engine.last.everyPositive(), "no maps are wanted: no second pass for them either");
        assertEquals(0, engine.last.mapLabels().length);
        assertTrue(engine.last.urgent());
    }

    @Test
    void noSecondPassGoesUncounted() throws Exception {
        FakeEngine engine = FakeEngine.of("1");
        host.serve(engine);
        assertEquals(1, score(image(Canvases.of(30, 40, 1))).times().passes());
        engine.passes = 2;
        assertEquals(2, score(image(Canvases.of(30, 40, 1))).times().passes());
        assertEquals(2, meters.get("hilum.processor.scored").counter().count());
        assertEquals(1, meters.get("hilum.processor.second.passes").counter().count());
    }

    private void assertUnusable(Canvas canvas, String words) {
        CompletableFuture<Scores> scores = scorer.score(image(canvas), false);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> scores.get(10, TimeUnit.SECONDS));
        assertInstanceOf(UnusableCanvasException.class, failed.getCause());
        assertTrue(failed.getCause().getMessage().contains(words), failed.getCause().getMessage());
    }

    private Scores score(ImageReceived image) throws Exception {
        return scorer.score(image, false).get(10, TimeUnit.SECONDS);
    }

    private static ImageReceived image(Canvas canvas) {
        return TestImages.image(1, 0).setCanvas(canvas).build();
    }
}
