package io.hilum.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.benchmarks.chaos.check.Verdict;
import io.hilum.benchmarks.chaos.check.Violation;
import io.hilum.benchmarks.chaos.harness.RunReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The line for programs. What was not measured is null, never a number. */
final class ChaosFigures {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private ChaosFigures(String bench) {
        values.put("bench", bench);
    }

    /** What the check alone says. */
    static ChaosFigures of(Verdict verdict) {
        ChaosFigures figures = new ChaosFigures("chaos-check");
        figures.add(verdict);
        return figures;
    }

    static ChaosFigures of(RunReport report, Verdict verdict, long seed) {
        ChaosFigures figures = new ChaosFigures("chaos");
        Map<String, Object> values = figures.values;
        values.put("faults", report.faults());
        figures.add(verdict);
        values.put("swaps", report.swaps());
        values.put("swap_failures", report.unservedSwaps() + verdict.count(Violation.WRONG_SCOPE) + verdict.count(Violation.DEAD_LETTER_UNEXPECTED));
        values.put("seed", seed);
        values.put("faults_by_kind", report.byKind());
        values.put("unrecovered", report.unrecovered());
        values.put("swap_p99_ms", rounded(report.swapP99()));
        values.put("other_p99_ms", rounded(report.otherP99()));
        values.put("swap_p99_ratio", rounded(report.swapP99Ratio()));
        values.put("rss_growth", rounded(report.memoryGrowth()));
        values.put("latency_growth", rounded(report.latencyGrowth()));
        values.put("seconds", rounded(report.seconds()));
        return figures;
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(Verdict verdict) {
        values.put("images", verdict.images());
        values.put("lost", verdict.count(Violation.LOST));
        values.put("duplicated", verdict.count(Violation.DUPLICATED));
        values.put("out_of_order", verdict.count(Violation.OUT_OF_ORDER));
        values.put("studies", verdict.studies());
        values.put("revisions", verdict.revisions());
        for (Violation violation : Violation.values()) {
            values.putIfAbsent(violation.name().toLowerCase(Locale.ROOT), verdict.count(violation));
        }
    }

    private static Double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)) : null;
    }
}
