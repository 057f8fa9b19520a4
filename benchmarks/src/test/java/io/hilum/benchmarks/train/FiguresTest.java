package io.hilum.benchmarks.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    @Test
    void whatWasNotMeasuredIsNotANumber() {
        assertEquals("{\"bench\":\"train\",\"goldens_passed\":30,\"goldens_failed\":0,\"train_ratio_b8\":1.2346,\"forward_ratio_b32\":null,"
            + "\"pipeline_images_per_s_core\":1500.0,\"rss_growth\":-0.01}", new Figures(30, 0, 1.23456, null, 1500.0, -0.01).json());
    }

    @Test
    void aSkippedTestHasNotPassed(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("TEST-a-golden.xml");
        Files.writeString(report, """
            <testsuite tests="4">
              <testcase name="good" classname="io.hilum.A">
                <system-out><![CDATA[golden: forward_ti
            logits: off by 1
            golden: checkpoints
            golden: forward_ti
            ]]></system-out></testcase>
              <testcase name="bad" classname="io.hilum.A"><failure type="x"/><system-out><![CDATA[golden: forward_ti
            ]]></system-out></testcase>
              <testcase name="broken" classname="io.hilum.A"><error type="x"/></testcase>
              <testcase name="absent" classname="io.hilum.A"><skipped message="SKIPPED"/><system-out><![CDATA[golden: metrics
            ]]></system-out></testcase>
            </testsuite>
            """);
        Goldens goldens = Goldens.count(List.of(report));
        assertEquals(1, goldens.passed());
        assertEquals(2, goldens.failed());
        assertEquals(1, goldens.skipped());
        assertEquals(List.of("A.bad", "A.broken"), goldens.failures());
        assertEquals(new Goldens.Count(1, 1, 0), goldens.byFolder().get("forward_ti"));
        assertEquals(new Goldens.Count(0, 0, 1), goldens.byFolder().get("metrics"));
    }

    @Test
    void aTrainingThatEndsBeforeTheMeasurementIsRefused(@TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> MemoryGrowth.measure(folder, 200, 1));
        assertEquals(0.1, new MemoryGrowth(2000, 1000, 1100).growth(), 1e-12);
    }
}
