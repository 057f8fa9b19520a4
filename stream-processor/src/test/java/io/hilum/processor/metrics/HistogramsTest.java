package io.hilum.processor.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.FindingsStatus;
import io.hilum.processor.score.ScoreMeters;
import io.hilum.processor.study.StudyMeters;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

// Deprecated by Micrometer, and still the registry that Quarkus exports with.
@SuppressWarnings("deprecation")
class HistogramsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void noHistogramHasMoreBucketsThanCanBeKept() {
        new ScoreMeters(registry);
        new StudyMeters(registry);
        Map<String, Long> buckets = registry.scrape().lines().filter(line -> line.contains("_bucket{"))
                .collect(Collectors.groupingBy(line -> line.replaceAll(",?le=\"[^\"]*\",?.*", ""), Collectors.counting()));
        assertEquals(7, buckets.size(), buckets.toString());
        buckets.forEach((series, count) -> assertTrue(count <= 19, series + " has " + count + " buckets"));
    }

    @Test
    void theFirstDeadLetterOfACauseIsARise() {
        new ScoreMeters(registry);
        assertTrue(registry.scrape().contains("hilum_processor_dead_letters_total{code=\"merge-failed\",} 0.0"), registry.scrape());
    }

    @Test
    void aStreamThatPublishesNothingHasARateOfZeroAndNotNone() {
        new StudyMeters(registry);
        assertEquals(0, registry.counter("hilum.processor.revisions", "status", FindingsStatus.PRELIMINARY.name()).count());
        assertTrue(registry.scrape().contains("hilum_processor_revisions_total{status=\"WITHDRAWN\""), registry.scrape());
    }
}
