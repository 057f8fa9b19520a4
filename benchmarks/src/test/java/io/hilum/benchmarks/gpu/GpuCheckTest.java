package io.hilum.benchmarks.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GpuCheckTest {

    private static String run(String... args) {
        StringWriter out = new StringWriter();
        assertEquals(0, new CommandLine(new GpuCheck()).setOut(new PrintWriter(out, true)).execute(args), out.toString());
        return out.toString().strip();
    }

    private static JsonNode lastLine(String output) throws IOException {
        return new ObjectMapper().readTree(output.substring(output.lastIndexOf('\n') + 1));
    }

    private static void assertHoldsNoNumber(JsonNode node) {
        assertFalse(node.isNumber(), node.toString());
        node.forEach(GpuCheckTest::assertHoldsNoNumber);
    }

    @Test
    void aMachineWithoutAGpuGivesNoFigures(@TempDir Path folder) throws IOException {
        assumeTrue(Gpu.find().isEmpty(), "SKIPPED: this machine has a GPU");
        Path json = folder.resolve("line.json");
        String output = run("--json", json.toString());
        assertTrue(output.startsWith("NOT MEASURED: this machine has no NVIDIA GPU"), output);
        JsonNode line = lastLine(output);
        assertEquals("gpu", line.path("bench").asText());
        assertTrue(line.has("gpu") && line.get("gpu").isNull());
        assertHoldsNoNumber(line);
        assertEquals(line, new ObjectMapper().readTree(json.toFile()));
    }

    @Test
    void aRehearsalIsNoMeasurement(@TempDir Path folder) throws IOException {
        TinyModel.make(folder, Architecture.EVA_X_TI);
        String output = run("--rehearse", "--models", folder.toString(), "--seconds", "0.1", "--python", "/nonexistent/python3");
        assertTrue(output.contains("eva-x-ti   Hilum fp32      3     2"), output);
        assertTrue(output.contains("NOT MEASURED: eva-x-ti fp32 with 3 maps by PyTorch"), output);
        assertHoldsNoNumber(lastLine(output));
    }

    @Test
    void weightsThatDidNotTravelAreDrawnTheSameAgain(@TempDir Path folder) throws IOException {
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        byte[] before = Files.readAllBytes(model.weights());
        Files.delete(model.weights());
        assertArrayEquals(before, Files.readAllBytes(model.weights()));
    }
}
