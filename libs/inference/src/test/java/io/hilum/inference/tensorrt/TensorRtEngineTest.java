package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.AllPositives;
import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All that the engine does around a GPU, without one. */
@Timeout(60)
class TensorRtEngineTest {

    private static final int ALL = Cards.CARD.labels().size();
    private static final TensorRtOptions OPTIONS = new TensorRtOptions(1, List.of(1, 2, 4, 8), 0, true);

    private final FakeDevice device = new FakeDevice(Cards.CARD);

    @Test
    void computesEveryBucketOnEveryLaneBeforeItServes() {
        try (TensorRtEngine engine = open(2, new TensorRtOptions(3, List.of(1, 2, 4, 8), 0, true))) {
            for (int maps : new int[] {0, 2}) {
                for (int bucket : new int[] {1, 2, 4, 8}) {
                    assertEquals(3, device.runs.stream().filter(new FakeDevice.Run(maps, bucket)::equals).count());
                }
            }
            assertEquals("tensorrt-10.15.1 NVIDIA H100 fp16", engine.identity().engine());
            assertEquals("chest", engine.identity().line());
        }
    }

    @Test
    void letsNoNeighbourAndNoPaddingChangeAResult() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            List<InferenceRequest> requests = requests(21, 2);
            for (int count = 1; count <= requests.size(); count++) {
                List<InferenceRequest> batch = requests.subList(0, count);
                assertSame(reference(batch), engine.infer(batch));
            }
        }
    }

    @Test
    void padsUpToTheNextBucketAndSplitsWhatIsLarger() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            assertEquals(List.of(4), buckets(engine, 3));
            assertEquals(List.of(8), buckets(engine, 8));
            assertEquals(List.of(8, 8, 2), buckets(engine, 18));
            List<InferenceResult> results = engine.infer(requests(11, 0));
            assertEquals(8, results.get(0).times().batch());
            assertEquals(3, results.get(10).times().batch());
            assertTrue(results.get(10).times().computeNanos() > 0 && results.get(10).times().outputNanos() > 0);
        }
    }

    @Test
    void padsWithBlankImagesAndNotWithThoseOfTheLastBatch() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            engine.infer(requests(8, 2));
            List<Byte> padding = new ArrayList<>();
            device.mood = (run, lane) -> IntStream.range(3 * 32 * 32, 4 * 32 * 32).forEach(i -> padding.add(lane.pixels().get(i)));
            engine.infer(requests(3, 2));
            assertEquals(32 * 32, padding.size());
            assertTrue(padding.stream().allMatch(pixel -> pixel == 0));
        }
    }

    @Test
    void asksForNoBatchAboveThePlansOwn() {
        TensorRtOptions large = new TensorRtOptions(1, List.of(2, 4, 64), 0, true);
        try (TensorRtEngine engine = TensorRtEngine.open(Cards.CARD, "ab", Path.of("."), Cards.choice(2, 5), Cards.MACHINE, large, device)) {
            assertEquals(List.of(4, 4, 2), buckets(engine, 9));
        }
    }

    @Test
    void drawsNoMapsForWhoWantsNone() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            device.runs.clear();
            engine.infer(requests(5, 0));
            assertEquals(List.of(new FakeDevice.Run(0, 8)), device.runs);
        }
    }

    @Test
    void givesWhoWantsNoMapsTheSamePlanWhateverTheNeighbourWants() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            device.runs.clear();
            List<InferenceRequest> mixed = List.of(request(1, 0), request(2, 2), request(3, 0));
            assertSame(reference(mixed), engine.infer(mixed));
            device.runs.subList(0, 2).forEach(run -> assertEquals(run.maps() == 0 ? 2 : 1, run.bucket()));
        }
    }

    @Test
    void drawsTheMapsBeyondKThatALargerKWouldHaveDrawn() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                batch.add(request(i, i % (ALL + 2)));
            }
            int most = InferenceRequest.MOST_RELEVANT;
            for (int[] labels : new int[][] {{3, most, most, 1, most}, {most, 0, 4, most, 2}, {4, 3, 2, 1, 0}, {1, 1, 1, most}}) {
                batch.add(new InferenceRequest(pixels(labels[0] + 77), labels, false));
            }
            assertSame(reference(batch), engine.infer(batch));
        }
    }

    @Test
    void explainsEveryPositiveLabelOnceAndNoOther() {
        try (InferenceEngine engine = new AllPositives(open(2, OPTIONS))) {
            int added = 0;
            for (int i = 0; i < 50; i++) {
                for (int maps : new int[] {0, 1, 2, 3}) {
                    InferenceResult result = engine.infer(List.of(InferenceRequest.withAllPositives(pixels(i), maps, false))).get(0);
                    List<Integer> drawn = result.heatMaps().stream().map(HeatMap::label).toList();
                    assertEquals(drawn.stream().distinct().toList(), drawn);
                    for (int l = 0; l < ALL; l++) {
                        boolean positive = Cards.CARD.labels().get(l).operatingPoint() != null
                                && result.probabilities()[l] >= Cards.CARD.labels().get(l).operatingPoint().threshold();
                        assertTrue(!positive || drawn.contains(l));
                        assertTrue(positive || drawn.indexOf(l) < maps);
                    }
                    added += drawn.size() - maps;
                    assertEquals(Math.max(1, (maps + 1) / 2) + (drawn.size() - maps + 1) / 2, result.times().passes());
                }
            }
            assertTrue(added > 0, "no image was positive for more labels than asked for: the test tests nothing");
        }
    }

    @Test
    void computesNothingForABatchThatHoldsAWrongRequest() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            device.runs.clear();
            InferenceRequest small = InferenceRequest.scores(new byte[100], false);
            InferenceException size = assertThrows(InferenceException.class, () -> engine.infer(List.of(request(1, 2), small)));
            assertEquals("The input has 100 pixels; the model chest 7 takes 1024.", size.getMessage());
            InferenceRequest unknown = new InferenceRequest(pixels(1), new int[] {ALL}, false);
            InferenceException label = assertThrows(InferenceException.class, () -> engine.infer(List.of(unknown)));
            assertEquals("A heat map of label 5 is wanted; the model chest 7 has 5 labels.", label.getMessage());
            assertEquals(List.of(), device.runs);
        }
    }

    @Test
    void keepsTheLaneWhenAnImageHasNoScore() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            int made = device.lanesMade.get();
            device.aftermath = (run, lane) -> lane.outputs().logits().put(0, Float.NaN);
            InferenceException failed = assertThrows(InferenceException.class, () -> engine.infer(requests(1, 2)));
            assertEquals("The model computed NaN for Effusion, which is no score.", failed.getMessage());
            device.aftermath = (run, lane) -> {};
            assertSame(reference(requests(1, 2)), engine.infer(requests(1, 2)));
            assertEquals(made, device.lanesMade.get());
        }
    }

    @Test
    void findsAPlainPlanThatIsBroken() {
        try (TensorRtEngine engine = open(2, OPTIONS)) {
            engine.computeSoundInput();
            device.mood = (run, lane) -> {
                if (run.maps() == 0) {
                    throw new InferenceException("the plain plan is broken");
                }
            };
            assertThrows(InferenceException.class, engine::computeSoundInput);
        }
    }

    @Test
    void keepsNothingOnTheDeviceWhenOpeningFailsOrTheEngineIsClosed() {
        open(2, OPTIONS).close();
        assertEquals(0, device.openLanes.get() + device.openPlans.get());
        for (int broken : new int[] {0, 2}) {
            device.mood = (run, lane) -> {
                if (run.maps() == broken && run.bucket() == 4) {
                    throw new InferenceException("memory ends");
                }
            };
            assertThrows(InferenceException.class, () -> open(2, OPTIONS));
            assertEquals(0, device.openLanes.get() + device.openPlans.get());
        }
    }

    private TensorRtEngine open(int maps, TensorRtOptions options) {
        return TensorRtEngine.open(Cards.CARD, "ab", Path.of("."), Cards.choice(maps, 8), Cards.MACHINE, options, device);
    }

    /** One image at a time, in a plan that draws all labels at once. */
    private static List<InferenceResult> reference(List<InferenceRequest> batch) {
        TensorRtOptions single = new TensorRtOptions(1, List.of(1), 0, false);
        try (TensorRtEngine engine = TensorRtEngine.open(Cards.CARD, "ab", Path.of("."), Cards.choice(ALL, 8), Cards.MACHINE,
                single, new FakeDevice(Cards.CARD))) {
            return batch.stream().map(request -> engine.infer(List.of(request)).get(0)).toList();
        }
    }

    private List<Integer> buckets(TensorRtEngine engine, int images) {
        device.runs.clear();
        engine.infer(requests(images, 0));
        return device.runs.stream().map(FakeDevice.Run::bucket).toList();
    }

    static List<InferenceRequest> requests(int count, int maps) {
        return IntStream.range(0, count).mapToObj(i -> request(i, maps)).toList();
    }

    private static InferenceRequest request(int seed, int maps) {
        return InferenceRequest.withMaps(pixels(seed), maps, false);
    }

    private static byte[] pixels(int seed) {
        byte[] pixels = new byte[32 * 32];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    static void assertSame(List<InferenceResult> expected, List<InferenceResult> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).logits(), actual.get(i).logits());
            assertArrayEquals(expected.get(i).probabilities(), actual.get(i).probabilities());
            List<HeatMap> wanted = expected.get(i).heatMaps();
            List<HeatMap> drawn = actual.get(i).heatMaps();
            assertEquals(wanted.stream().map(HeatMap::label).toList(), drawn.stream().map(HeatMap::label).toList());
            for (int k = 0; k < wanted.size(); k++) {
                assertArrayEquals(wanted.get(k).raw(), drawn.get(k).raw());
                assertArrayEquals(wanted.get(k).scaled(), drawn.get(k).scaled());
                assertEquals(wanted.get(k).rawMaximum(), drawn.get(k).rawMaximum());
            }
        }
    }
}
