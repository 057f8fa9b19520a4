package io.hilum.benchmarks.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The line for programs. What was not measured is null, never a number; so is all of it without a GPU.
 *
 * @param gpu its name; null without one
 */
record GpuFigures(String gpu, Map<String, String> versions, List<Outcome> outcomes) {
    private static final List<Architecture> ARCHITECTURES = List.of(Architecture.EVA_X_TI, Architecture.EVA_X_S, Architecture.EVA_X_B);
    private static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.FP16, Precision.BF16);
    private static final List<String> VERSIONS = List.of("driver", "tensorrt", "torch", "torch_cuda", "java");

    static GpuFigures nothing(Map<String, String> versions) {
        return new GpuFigures(null, versions, List.of());
    }

    String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "gpu");
        line.put("gpu", gpu);
        Map<String, Object> named = new LinkedHashMap<>();
        VERSIONS.forEach(name -> named.put(name, versions.get(name)));
        line.put("versions", named);
        ARCHITECTURES.forEach(architecture -> line.put(architecture.id(), of(architecture)));
        try {
            return new ObjectMapper().writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, Object> of(Architecture architecture) {
        Map<String, Object> out = new LinkedHashMap<>();
        Map<String, Object> rates = new LinkedHashMap<>();
        PRECISIONS.forEach(precision -> rates.put(precision.id(), rounded(best(Who.HILUM, architecture, precision))));
        Double torch = best(Who.TORCH, architecture, Precision.BF16);
        out.put("trt_images_per_s", rates);
        out.put("torch_images_per_s", rounded(torch));
        out.put("ratio", rounded(quotient(best(Who.HILUM, architecture, Precision.BF16), torch)));
        out.put("cam3_cost", rounded(camCost(architecture)));
        out.put("enqueue_fraction", rounded(enqueueFraction(architecture)));
        out.put("accuracy", accuracy(Who.HILUM, architecture));
        out.put("torch_accuracy", accuracy(Who.TORCH, architecture));
        out.put("rows", rows(architecture));
        return out;
    }

    private Double best(Who who, Architecture architecture, Precision precision) {
        return speeds(who, architecture, precision, 0).stream().map(Speed::imagesPerSecond).max(Double::compare).orElse(null);
    }

    /** At the largest batch that was timed with maps and without. */
    private Double camCost(Architecture architecture) {
        List<Speed> plain = speeds(Who.HILUM, architecture, Precision.BF16, 0);
        List<Speed> mapped = speeds(Who.HILUM, architecture, Precision.BF16, Agenda.MAPS);
        return mapped.stream().sorted((a, b) -> b.batch() - a.batch())
            .flatMap(m -> plain.stream().filter(p -> p.batch() == m.batch()).map(p -> p.imagesPerSecond() / m.imagesPerSecond()))
            .findFirst().orElse(null);
    }

    /** At the largest batch for which there is a bare loop. */
    private Double enqueueFraction(Architecture architecture) {
        return matching(o -> is(o, Who.HILUM, architecture) && o.job().precision() == Precision.BF16 && o.job().maps() == 0)
            .stream().flatMap(o -> o.measured().speeds().stream().filter(s -> o.measured().bare().containsKey(s.batch()))
                .map(s -> Map.entry(s.batch(), s.imagesPerSecond() / o.measured().bare().get(s.batch()))))
            .max(Map.Entry.comparingByKey()).map(Map.Entry::getValue).orElse(null);
    }

    private Map<String, Object> accuracy(Who who, Architecture architecture) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Precision precision : PRECISIONS) {
            List<Accuracy> all = matching(o -> is(o, who, architecture) && o.job().precision() == precision && o.accuracy() != null)
                .stream().map(Outcome::accuracy).toList();
            Optional<Accuracy> first = all.stream().findFirst();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("logits_max_abs", first.map(a -> finite(a.logitsMaxAbs())).orElse(null));
            one.put("p99_dp", first.map(a -> finite(a.p99Dp())).orElse(null));
            one.put("flips", first.map(Accuracy::flips).orElse(null));
            one.put("cam_cosine", all.stream().map(Accuracy::camCosine).filter(Objects::nonNull).findFirst().map(GpuFigures::rounded).orElse(null));
            out.put(precision.id(), one);
        }
        return out;
    }

    private List<Map<String, Object>> rows(Architecture architecture) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Outcome outcome : matching(o -> o.job().model().architecture() == architecture && o.measured() != null)) {
            for (Speed speed : outcome.measured().speeds()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("of", outcome.job().who() == Who.HILUM ? "trt" : "torch");
                row.put("precision", outcome.job().precision().id());
                row.put("maps", outcome.job().maps());
                row.put("batch", speed.batch());
                row.put("images_per_s", rounded(speed.imagesPerSecond()));
                row.put("p50_ms", rounded(speed.medianMillis()));
                row.put("p99_ms", rounded(speed.p99Millis()));
                row.put("bare_images_per_s", rounded(outcome.measured().bare().get(speed.batch())));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Speed> speeds(Who who, Architecture architecture, Precision precision, int maps) {
        return matching(o -> is(o, who, architecture) && o.job().precision() == precision && o.job().maps() == maps && o.measured() != null)
            .stream().flatMap(o -> o.measured().speeds().stream()).toList();
    }

    private static boolean is(Outcome outcome, Who who, Architecture architecture) {
        return outcome.measured() != null && outcome.job().who() == who && outcome.job().model().architecture() == architecture;
    }

    private List<Outcome> matching(Predicate<Outcome> wanted) {
        return outcomes.stream().filter(wanted).toList();
    }

    private static Double quotient(Double a, Double b) {
        return a == null || b == null ? null : a / b;
    }

    private static Double rounded(Double value) {
        return value == null ? null : Math.round(value * 1e4) / 1e4;
    }

    /** JSON has no infinity; as text it is still no number that somebody could take for a small one. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3e", value)) : "not finite";
    }
}
