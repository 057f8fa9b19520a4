package io.hilum.processor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check itself: a query of something that nobody exports must not pass. */
class PromQlTest {

    private static final Map<String, Set<String>> EXPORTED = Map.of("a_total", Set.of("code"), "b_seconds_bucket", Set.of("le"));

    @Test
    void seesAMetricThatNobodyExports() {
        assertEquals(List.of("nobody exports c_total, asked for in sum(rate(c_total[5m])) > 0"), problems("sum(rate(c_total[5m])) > 0"));
        assertTrue(problems("a_total / on (code) group_left () d").get(0).startsWith("nobody exports d"));
        assertEquals(1, problems("max_over_time(sum(e)[5m:1m])").size());
    }

    @Test
    void seesALabelThatTheMetricDoesNotHave() {
        assertEquals(List.of("a_total has no label cause, asked for in a_total{cause=\"x\"}"), problems("a_total{cause=\"x\"}"));
        assertEquals(List.of(), problems("a_total{code=~\"x|nobody_exports_this{\",instance=~\"$instance\"}"));
    }

    @Test
    void takesNoFunctionNoWordAndNoNumberForAMetric() {
        assertEquals(Set.of("a_total", "b_seconds_bucket"), PromQl.selectors("histogram_quantile(0.99, sum by (le, code) (rate("
                + "b_seconds_bucket[$__rate_interval]))) > 1e3 and on () sum(increase(a_total{code=\"le\"}[1h])) unless 5").keySet());
    }

    @Test
    void seesAQueryThatIsCutOff() {
        assertEquals(1, problems("sum(rate(a_total[5m])").size());
        assertEquals(List.of("no metric in 1"), problems("1"));
    }

    private static List<String> problems(String query) {
        return PromQl.problems(query, EXPORTED, Set.of("instance"));
    }
}
