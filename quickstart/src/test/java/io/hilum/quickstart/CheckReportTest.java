package io.hilum.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.quickstart.check.CheckReport;
import io.hilum.quickstart.check.Percentiles;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    @Test
    void printsNoNumberThatIsNotJson() {
        CheckReport nothing = new CheckReport(0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
        assertEquals(
                "{\"sent\":0,\"findings\":0,\"rows\":0,\"refused\":0,\"first_scored_s\":null,\"p50_ms\":null,\"p99_ms\":null}",
                nothing.toJson());
    }

    @Test
    void reportsNoPercentileThatDidNotOccur() {
        double[] sorted = {1, 2, 3, 4};
        assertEquals(2, Percentiles.nearestRank(sorted, 0.5));
        assertEquals(4, Percentiles.nearestRank(sorted, 0.99));
        assertEquals(1, Percentiles.nearestRank(sorted, 0));
    }
}
