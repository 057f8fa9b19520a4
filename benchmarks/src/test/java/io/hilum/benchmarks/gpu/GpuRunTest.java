package io.hilum.benchmarks.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;
    private static GpuModel model;

    @BeforeAll
    static void make() throws IOException {
        model = TinyModel.make(folder, Architecture.EVA_X_TI);
    }

    private final AtomicLong nanos = new AtomicLong();

    private List<Outcome> run(GpuSide hilum, GpuSide torch, double budget) {
        return new GpuRun(hilum, torch, new Deadline(budget, nanos::get)).run(Agenda.of(List.of(model)), outcome -> { });
    }

    private static JsonNode line(List<Outcome> outcomes) throws IOException {
        return JSON.readTree(new GpuFigures("a GPU", Map.of("torch", "fake"), outcomes).json());
    }

    @Test
    void figuresAreThoseOfTheRows() throws IOException {
        JsonNode line = line(run(new FakeSide(nanos, 1, 40_000), new FakeSide(nanos, 1, 20_000), 600));
        JsonNode ti = line.path("eva-x-ti");
        assertEquals(40_000, ti.path("trt_images_per_s").path("bf16").asDouble(), 1e-6);
        assertEquals(40_000, ti.path("trt_images_per_s").path("fp32").asDouble(), 1e-6);
        assertEquals(20_000, ti.path("torch_images_per_s").asDouble(), 1e-6);
        assertEquals(2, ti.path("ratio").asDouble(), 1e-6);
        assertEquals(1.25, ti.path("cam3_cost").asDouble(), 1e-6);
        assertEquals(0.95, ti.path("enqueue_fraction").asDouble(), 1e-6);
        assertEquals(0, ti.path("accuracy").path("bf16").path("flips").asInt(-1));
        assertEquals(1, ti.path("accuracy").path("fp16").path("cam_cosine").asDouble(), 1e-9);
        assertEquals(0, ti.path("accuracy").path("fp32").path("logits_max_abs").asDouble(-1), 0);
        assertEquals("a GPU", line.path("gpu").asText());
        assertEquals("fake", line.path("versions").path("torch").asText());
        assertTrue(line.path("versions").path("tensorrt").isNull());
    }

    @Test
    void whatWasNotMeasuredIsNotANumber() throws IOException {
        List<Outcome> outcomes = run(new GpuSide.Absent("there is none"), new FakeSide(nanos, 1, 20_000), 600);
        JsonNode line = line(outcomes);
        JsonNode ti = line.path("eva-x-ti");
        assertEquals(20_000, ti.path("torch_images_per_s").asDouble(), 1e-6);
        for (String key : List.of("ratio", "cam3_cost", "enqueue_fraction")) {
            assertTrue(ti.has(key) && ti.get(key).isNull(), key);
        }
        for (Precision precision : List.of(Precision.FP32, Precision.FP16, Precision.BF16)) {
            assertTrue(ti.path("trt_images_per_s").get(precision.id()).isNull());
            ti.path("accuracy").path(precision.id()).forEach(value -> assertTrue(value.isNull()));
        }
        assertTrue(line.path("eva-x-b").path("torch_images_per_s").isNull());
        assertEquals("there is none", outcomes.get(0).reason());
    }

    @Test
    void aShortBudgetLosesTheLeastImportant() {
        var hilum = new FakeSide(nanos, 20, 40_000);
        var torch = new FakeSide(nanos, 20, 20_000);
        List<Outcome> outcomes = run(hilum, torch, 100);
        assertEquals(List.of(Precision.BF16, Precision.BF16), hilum.done.subList(0, 2).stream().map(Job::precision).toList());
        assertEquals(List.of(256, 64, 1), torch.done.get(0).batches());
        assertTrue(nanos.get() <= 100e9, "no job begins that cannot end in time");
        Outcome last = outcomes.get(outcomes.size() - 1);
        assertNull(last.measured());
        assertTrue(last.reason().contains("were left"), last.reason());
        assertEquals(Agenda.of(List.of(model)).size(), outcomes.size(), "what was not done is told, too");
    }

    @Test
    void aFailedJobEndsNotTheCheck() {
        var failing = new GpuSide() {
            @Override
            public Map<String, String> versions() {
                return Map.of();
            }

            @Override
            public Measured measure(Job job, Deadline deadline) throws IOException {
                if (job.maps() > 0) {
                    throw new IllegalStateException("no maps today");
                }
                throw new IOException("no plan today");
            }
        };
        var torch = new FakeSide(nanos, 1, 20_000);
        List<Outcome> outcomes = run(failing, torch, 600);
        assertEquals(3, torch.done.size());
        StringWriter table = new StringWriter();
        outcomes.forEach(new GpuTable(new PrintWriter(table, true))::print);
        assertTrue(table.toString().contains("NOT MEASURED: eva-x-ti bf16 by Hilum: no plan today"), table.toString());
        assertTrue(table.toString().contains("no maps today"), table.toString());
    }

    @Test
    void anotherNetworkIsCalledWrongAndNotTimed() throws IOException {
        List<Float> shift = new ArrayList<>(List.of(3f));
        EngineOpener other = new EngineOpener() {
            @Override
            public Map<String, String> versions() {
                return Map.of();
            }

            @Override
            public Opened open(GpuModel of, Precision precision, int maxBatch, Deadline deadline) throws IOException {
                var weights = new java.util.LinkedHashMap<>(of.tensors());
                float[] bias = weights.get("head.bias").floats();
                bias[0] += shift.get(0);
                weights.put("head.bias", io.hilum.model.weights.Tensor.of(bias, bias.length));
                return new Opened(CpuEngine.open(of.card(), weights), null);
            }
        };
        Job job = new Job(Who.HILUM, model, Precision.FP32, Agenda.MAPS, List.of(1));
        Outcome wrong = Outcome.of(job, new EngineSide(other, 0.1, 8).measure(job, new Deadline(60, System::nanoTime)));
        assertTrue(wrong.wrong());
        assertEquals(3, wrong.accuracy().logitsMaxAbs(), 1e-4);
        assertTrue(wrong.measured().speeds().isEmpty());
        shift.set(0, 0f);
        Outcome right = Outcome.of(job, new EngineSide(other, 0.1, 8).measure(job, new Deadline(60, System::nanoTime)));
        assertEquals(1, right.accuracy().camCosine(), 1e-6);
        assertEquals(1, right.measured().speeds().get(0).batch());
        assertTrue(right.measured().speeds().get(0).imagesPerSecond() > 0);
    }

    @Test
    void noNumberIsNoSmallDifference() {
        float[][] logits = new float[model.reference().logits().length][];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = model.reference().logits()[i].clone();
        }
        logits[3][2] = Float.NaN;
        Accuracy accuracy = Accuracy.of(model.card(), model.reference(), new Computed(logits, null));
        assertEquals(Double.POSITIVE_INFINITY, accuracy.logitsMaxAbs());
        assertTrue(!accuracy.credible(Precision.FP32) && !accuracy.credible(Precision.BF16));
    }
}
