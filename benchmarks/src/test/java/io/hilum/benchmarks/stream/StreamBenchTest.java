package io.hilum.benchmarks.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StreamBenchTest {

    /** Small and short: its figures mean nothing, but each part runs on a real broker, engine and stream. */
    @Test
    void printsNoFigureThatItDidNotMeasureAndEachOneThatItDid() throws Exception {
        StringWriter printed = new StringWriter();
        int status = new CommandLine(new StreamBench()).setOut(new PrintWriter(printed)).execute("--only", "NOOP,LATENCY",
                "--pairs", "1", "--seconds", "2", "--noop-images", "200", "--warm-ups", "1");
        assertEquals(0, status, printed.toString());
        String[] lines = printed.toString().strip().split("\\R");
        JsonNode figures = new ObjectMapper().readTree(lines[lines.length - 1]);
        assertTrue(figures.get("engine_fraction").isNull(), "not asked for");
        assertTrue(figures.get("noop_fraction").asDouble() > 0, printed.toString());
        assertTrue(figures.get("total_p50_ms").asDouble() > figures.get("added_p50_ms").asDouble(), printed.toString());
    }

    @Test
    void countsAnImagesTimeFromTheDoorAndNotFromTheStream() {
        assertEquals(3, Latency.quantile(List.of(5.0, 1.0, 3.0), 0.5));
        assertThrows(IllegalArgumentException.class, () -> new StreamOptions(0, 100, 8, StreamOptions.Pace.SLOW));
    }
}
