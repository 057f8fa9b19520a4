package io.hilum.processor.service;

import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
    @TempDir Path dir;
    @Test
    void x() throws Exception {
        Map<String, Set<String>> s = ExportedMetrics.ofARunningService(dir);
        StringBuilder b = new StringBuilder();
        s.forEach((k, v) -> b.append(k).append(" ").append(v).append("\n"));
        Files.writeString(Path.of("target/samples.txt"), b.toString());
    }
}
