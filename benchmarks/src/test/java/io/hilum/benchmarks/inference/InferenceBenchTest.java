package io.hilum.benchmarks.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.benchmarks.peer.Figures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InferenceBenchTest {

    private static final List<String> ASKED = List.of("logits_max_abs", "cam_max_rel", "ort_vs_torch", "sgemm_fraction", "int8_vs_fp32",
            "int8_auc_drop_upper", "cam3_cost", "cam14_vs_autograd", "batcher_overhead");

    @Test
    void inventsNoFigureThatItDidNotMeasure() throws Exception {
        JsonNode line = run("--only", "BATCHER", "--pairs", "1", "--round-seconds", "0.1", "--threads", "1");
        for (String key : ASKED) {
            assertTrue(line.has(key), key);
            assertEquals(!key.equals("batcher_overhead"), line.get(key).isNull(), key);
        }
        assertTrue(line.get("queue_p99_ms").asDouble() > 0);
    }

    @Test
    void measuresSpeedAndMapsWithoutAPeer() throws Exception {
        JsonNode line = run("--only", "SPEED,MAPS", "--pairs", "1", "--round-seconds", "0.1", "--threads", "1", "--python", "/no/python");
        assertTrue(line.get("sgemm_fraction").asDouble() > 0);
        assertTrue(line.get("cam3_cost").asDouble() > 0);
        assertTrue(line.get("ort_vs_torch").isNull());
    }

    @Test
    void knowsNoOtherFigures() {
        assertThrows(IllegalArgumentException.class, () -> new Figures("inference", List.of("ort_vs_torch")).put("images_per_second", 1));
    }

    private static JsonNode run(String... options) throws Exception {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new InferenceBench()).setOut(new PrintWriter(out, true)).execute(options);
        String[] lines = out.toString().strip().split("\n");
        assertEquals(0, exit, out.toString());
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }
}
