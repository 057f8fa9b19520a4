package io.hilum.benchmarks.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InferenceBenchTest {

    @Test
    void endsNotWithoutItsJsonLine() {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new InferenceBench()).setOut(new PrintWriter(out, true))
                .execute("--seconds", "0.1", "--threads", "1");
        String[] lines = out.toString().strip().split("\n");
        assertEquals(0, exit);
        assertTrue(lines[lines.length - 1].startsWith("{\"bench\":\"inference\""), out.toString());
        assertTrue(lines[lines.length - 1].contains("\"of\":\"batcher\""), out.toString());
    }
}
