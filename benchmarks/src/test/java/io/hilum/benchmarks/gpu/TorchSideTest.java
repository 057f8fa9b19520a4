package io.hilum.benchmarks.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchSideTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = Path.of(System.getProperty("hilum.root"), "benchmarks/gpu/eva_x_cuda.py").toString();

    private static void needsTorch() {
        boolean there;
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", "import torch").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            there = process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException absent) {
            there = false;
        }
        assumeTrue(there, "SKIPPED: " + PYTHON + " has no PyTorch (Debian: python3-torch)");
    }

    private static Deadline minutes() {
        return new Deadline(300, System::nanoTime);
    }

    /** B has separate q, k, v and a norm in the MLP, Ti has not. The peer's maps are by autograd, ours by hand. */
    @ParameterizedTest
    @EnumSource(names = {"EVA_X_TI", "EVA_X_B"})
    void thePeerComputesTheVeryNetworkAndItsMaps(Architecture architecture, @TempDir Path folder) throws Exception {
        needsTorch();
        // In a process of its own: B needs more memory than tests are given.
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx3g", GpuModels.class.getName(),
            "--out", folder.toString(), "--architectures", architecture.id(), "--images", "16", "--size", "48");
        builder.environment().put("CLASSPATH", GpuScriptsTest.classpath());
        Process models = builder.redirectErrorStream(true).start();
        String said = new String(models.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, models.waitFor(), said);
        Job job = new Job(Who.TORCH, GpuModel.all(folder).get(0), Precision.FP32, Agenda.MAPS, List.of(2));
        Outcome outcome = Outcome.of(job, new TorchSide(List.of(PYTHON, SCRIPT), List.of("--device", "cpu", "--seconds", "0.1"))
            .measure(job, minutes()));
        assertTrue(outcome.accuracy().logitsMaxAbs() <= 2e-5, outcome.accuracy().toString());
        assertEquals(1, outcome.accuracy().camCosine(), 1e-6);
        assertEquals(2, outcome.measured().speeds().get(0).batch());
        assertTrue(outcome.measured().remarks().stream().anyMatch(remark -> remark.contains("eager")), outcome.measured().remarks().toString());
    }

    @Test
    void thePeerRefusesToTimeAnotherNetwork(@TempDir Path folder) throws IOException {
        needsTorch();
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        Map<String, Tensor> weights = new LinkedHashMap<>(model.tensors());
        weights.put("head.bias", Tensor.of(new float[] {9, 9, 9, 9, 9}, 5));
        Safetensors.write(folder.resolve("other"), weights);
        Files.move(folder.resolve("other"), model.weights(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Measured measured = new TorchSide(List.of(PYTHON, SCRIPT), List.of("--device", "cpu"))
            .measure(new Job(Who.TORCH, model, Precision.FP32, 0, List.of(2)), minutes());
        assertTrue(measured.speeds().isEmpty());
        assertTrue(measured.remarks().toString().contains("not timed"), measured.remarks().toString());
    }

    @Test
    void thePeerIsTheReferencesNetwork(@TempDir Path folder) throws Exception {
        needsTorch();
        Path golden = Path.of(System.getProperty("hilum.shared", "../shared"), "golden");
        assumeTrue(Files.isDirectory(golden), "SKIPPED: the reference values are not at " + golden + " (-Dhilum.shared=DIR)");
        Map<String, Tensor> stored = PtCheckpoint.read(golden.resolve("checkpoints/eva_x_tiny_patch16_random_mim.pt"));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Architecture.EVA_X_TI.parameters(14, 14).forEach((name, shape) -> weights.put(name, stored.get(name.replace("fc_norm.", "norm."))));
        weights.put("head.weight", Tensor.of(floats(golden, "head_weight"), 14, 192));
        weights.put("head.bias", Tensor.of(floats(golden, "head_bias"), 14));
        float[] expected = floats(golden, "logits");
        Safetensors.write(folder.resolve(GpuModel.WEIGHTS), weights);
        Safetensors.write(folder.resolve(GpuModel.REFERENCE), Map.of("images", Tensor.of(floats(golden, "input"), 2, 3, 224, 224),
            "logits", Tensor.of(expected, 2, 14)));
        Files.writeString(folder.resolve("card.json"), "{\"mean\": 0, \"std\": 1}");

        Process process = new ProcessBuilder(PYTHON, SCRIPT, folder.toString(), "--device", "cpu", "--precision", "fp32")
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        float[] actual = null;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = new ObjectMapper().readTree(line);
                if (node.path("kind").asText().equals("computed")) {
                    float[][] rows = new ObjectMapper().convertValue(node.get("logits"), float[][].class);
                    actual = new float[28];
                    System.arraycopy(rows[0], 0, actual, 0, 14);
                    System.arraycopy(rows[1], 0, actual, 14, 14);
                }
            }
        }
        assertEquals(0, process.waitFor());
        assertTrue(Tolerance.difference(expected, actual) <= 2e-5, "logits differ by " + Tolerance.difference(expected, actual));
    }

    @Test
    void aPeerThatHangsEndsWithTheTime(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("peer"), """
            echo '{"kind": "about", "gpu": "a GPU", "torch": "2", "cuda": "12", "remarks": []}'
            echo 'a compiler says something'
            echo '{"kind": "computed", "logits": [[1.5]], "raw": null}'
            echo '{"kind": "speed", "batch": 64, "images_per_s": 10, "p50_ms": 1, "p99_ms": 2, "graph": true}'
            exec sleep 600
            """);
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        TorchSide side = new TorchSide(List.of("bash", script.toString()), List.of());
        Measured measured = side.measure(new Job(Who.TORCH, model, Precision.BF16, 0, List.of(64, 1)), new Deadline(2, System::nanoTime));
        assertEquals(List.of(new Speed(64, 10, 1, 2)), measured.speeds());
        assertTrue(measured.remarks().get(0).contains("The time was over"), measured.remarks().toString());
        assertEquals(Map.of("gpu", "a GPU", "torch", "2", "torch_cuda", "12"), side.versions());
    }

    @Test
    void aPeerThatDiesSaysWhy(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("peer"), "echo 'No module named torch' >&2\nexit 1\n");
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        Job job = new Job(Who.TORCH, model, Precision.BF16, 0, List.of());
        String message = assertThrows(IOException.class,
            () -> new TorchSide(List.of("bash", script.toString()), List.of()).measure(job, minutes())).getMessage();
        assertTrue(message.contains("No module named torch"), message);
    }

    @Test
    void thePeerFindsNotTheStubsOfTheBindings() {
        Map<String, String> environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", "/cuda:/stubs", "HILUM_OUTER_LIBRARY_PATH", ""));
        Outside.restore(environment);
        assertEquals(Map.of(), environment);
        environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", "/cuda:/stubs:/own", "HILUM_OUTER_LIBRARY_PATH", "/own"));
        Outside.restore(environment);
        assertEquals(Map.of("LD_LIBRARY_PATH", "/own"), environment);
    }

    private static float[] floats(Path golden, String array) throws IOException {
        var buffer = ByteBuffer.wrap(Files.readAllBytes(golden.resolve("forward_ti/" + array + ".bin"))).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] out = new float[buffer.remaining()];
        buffer.get(out);
        return out;
    }
}
