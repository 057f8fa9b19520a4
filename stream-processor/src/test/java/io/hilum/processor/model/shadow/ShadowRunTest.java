package io.hilum.processor.model.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.ShadowLabel;
import io.hilum.contracts.event.ShadowScored;
import io.hilum.inference.BatcherOptions;
import io.hilum.model.input.Geometry;
import io.hilum.processor.TestImages;
import io.hilum.processor.model.Canvases;
import io.hilum.processor.model.EngineScorer;
import io.hilum.processor.model.FakeEngine;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.score.Scores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A candidate beside the model that serves. */
class ShadowRunTest {

    /** Two batches of two may be under way. */
    private static final BatcherOptions SMALL = new BatcherOptions(2, Duration.ZERO, 16, 1 << 24, 0.25, 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ShadowScored> published = new CopyOnWriteArrayList<>();
    private final ModelHost host = new ModelHost(SMALL, serving -> { });
    private final EngineScorer scorer = new EngineScorer(host, 0, 1, new ScoreMeters(meters));
    private final FakeEngine candidate = new FakeEngine("chest", "2", Geometry.CROP, 32);
    private ShadowRun shadow;

    @BeforeEach
    void serve() {
        host.serve(FakeEngine.of("1"));
        shadow = new Shadows(SMALL, published::add, new ShadowMeters(meters)).begin(candidate, 5, () -> host.isBehind("chest"));
        host.shadow("chest", shadow);
    }

    @AfterEach
    void stop() {
        if (candidate.hold != null) {
            candidate.hold.countDown();
        }
        scorer.close();
        shadow.close();
        host.close();
    }

    @Test
    void aCandidatePublishesComparisonsAndNoFindings() throws Exception {
        candidate.probability = 0.25;
        Scores scores = score(7);
        assertEquals(List.of("1"), scores.lines().stream().map(line -> line.scores().getVersion()).toList());
        Awaitility.await().until(() -> published.size() == 1);
        ShadowScored compared = published.get(0);
        assertEquals(List.of(TestImages.study(1), TestImages.sop(1, 7), "chest", "1", "2", "5"), List.of(compared.getStudyUid(),
                compared.getSopInstanceUid(), compared.getLine(), compared.getServing().getVersion(),
                compared.getShadow().getVersion(), Long.toString(compared.getGeneration())));
        ShadowLabel effusion = compared.getLabels(0);
        assertEquals(List.of(0.75, 0.25), List.of(effusion.getServingProbability(), effusion.getShadowProbability()));
        assertEquals(List.of(Decision.POSITIVE, Decision.NEGATIVE), List.of(effusion.getServingDecision(), effusion.getShadowDecision()));
        assertEquals(1, count("images"));
        assertEquals(1, meters.get("hilum.processor.shadow.flips").tag("label", "Effusion").counter().count());
        assertTrue(meters.find("hilum.processor.shadow.flips").tag("label", "Nodule").counters().isEmpty(), "undecided is no flip");
        assertEquals(0.5, meters.get("hilum.processor.shadow.difference").tag("label", "Nodule").summary().max());
        assertEquals(1, meters.get("hilum.processor.scored").counter().count(), "an image in shadow is not scored twice");
    }

    @Test
    void aCandidateThatHangsDelaysNobodyAndIsPassedOver() throws Exception {
        candidate.hold = new CountDownLatch(1);
        int images = 20;
        for (int i = 0; i < images; i++) {
            score(i);
        }
        assertEquals(List.of(), published);
        // Offered once the result is out: the last one may be on its way.
        Awaitility.await().until(() -> count("skipped") == images - 4);
        candidate.hold.countDown();
        Awaitility.await().until(() -> published.size() == 4);
    }

    @Test
    void aCandidateThatFailsFailsNobody() throws Exception {
        candidate.fault = "device lost";
        for (int i = 0; i < 5; i++) {
            score(i);
        }
        Awaitility.await().until(() -> count("failed") > 0);
        assertEquals("", host.fault(), "the model that serves is sound");
        candidate.fault = null;
        Awaitility.await().until(() -> {
            score(9);
            return !published.isEmpty();
        });
    }

    @Test
    void whileTheServingModelIsBehindNoCandidateTakesItsProcessor() throws Exception {
        host.shadow("chest", null);
        shadow.close();
        shadow = new Shadows(SMALL, published::add, new ShadowMeters(meters)).begin(candidate, 5, () -> true);
        host.shadow("chest", shadow);
        score(7);
        Awaitility.await().until(() -> count("skipped") == 1);
        assertEquals(1, candidate.entered.getCount(), "not asked");
    }

    @Test
    void aShadowThatEndsDoesNotCloseTheEngineThatIsToServe() throws Exception {
        score(7);
        Awaitility.await().until(() -> published.size() == 1);
        host.shadow("chest", null);
        shadow.close();
        assertFalse(candidate.closed.get());
        host.serve(candidate);
        assertEquals("2", score(8).lines().get(0).scores().getVersion());
        assertEquals(1, published.size());
    }

    private double count(String name) {
        return meters.get("hilum.processor.shadow." + name).tag("version", "2").counter().count();
    }

    private Scores score(int grey) throws Exception {
        return scorer.score(image(grey), false).get(10, TimeUnit.SECONDS);
    }

    private static ImageReceived image(int grey) throws IOException {
        return TestImages.image(1, grey).setCanvas(Canvases.of(300, 400, grey)).build();
    }
}
