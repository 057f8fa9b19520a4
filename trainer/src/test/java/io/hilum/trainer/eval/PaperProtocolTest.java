package io.hilum.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.model.weights.Half;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.eval.report.PaperReport;
import io.hilum.trainer.net.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PaperProtocolTest {
    /** The reference's scores are given after the sigmoid; the logit that leads there is all that a model gives. */
    private static float logit(double p) {
        return (float) Math.log(p / (1 - p));
    }

    @Test
    @Tag("golden")
    void theMeanLeavesOutEveryExactZero() throws IOException {
        Golden golden = Golden.of("metrics");
        float[] labels = golden.floats("auc_labels");
        float[] scores = golden.floats("auc_scores");
        JsonNode expected = golden.json("expected.json").get("auc");
        double[] aucs = new double[5];
        for (int c = 0; c < 5; c++) {
            aucs[c] = expected.get("per_class").get(c).asDouble();
        }
        assertEquals(expected.get("mean_excluding_zero").asDouble(), PaperProtocol.mean(aucs), 1e-9);
        MeasuredFilms films = Measured.films("test", 60, List.of("a", "b", "c", "d", "e"),
            i -> new float[] {scores[i * 5], scores[i * 5 + 1], scores[i * 5 + 2], scores[i * 5 + 3], scores[i * 5 + 4]},
            i -> new int[] {(int) labels[i * 5], (int) labels[i * 5 + 1], (int) labels[i * 5 + 2], (int) labels[i * 5 + 3], (int) labels[i * 5 + 4]},
            i -> i, i -> FilmInfo.NONE);
        PaperReport report = PaperProtocol.report(films, List.of(), "x", false);
        assertEquals(List.of("e"), report.dropped(), "one kind of film only");
        for (int c = 0; c < 4; c++) {
            // Half precision may tie a few pairs that full precision tells apart.
            assertEquals(aucs[c], report.aucs()[c], 2e-3);
        }
    }

    @Test
    @Tag("golden")
    void aTrueZeroIsDroppedLikeAMissingClass() throws IOException {
        JsonNode expected = Golden.of("metrics").json("expected.json").get("auc_exact_zero_is_dropped");
        MeasuredFilms films = Measured.films("test", 4, List.of("wrong"), i -> new float[] {logit(expected.get("s").get(i).asDouble())},
            i -> new int[] {expected.get("y").get(i).asInt()}, i -> i, i -> FilmInfo.NONE);
        assertEquals(0, PaperProtocol.aucs(films)[0]);
        assertEquals(List.of("wrong"), PaperProtocol.report(films, List.of(), "x", false).dropped());
    }

    @Test
    void scoresOfHalfPrecisionTie() {
        MeasuredFilms films = Measured.films("test", 2, List.of("a"), i -> new float[] {i == 0 ? 5.0f : 5.0001f}, i -> new int[] {i}, i -> i, i -> FilmInfo.NONE);
        assertEquals(0.5, PaperProtocol.aucs(films)[0]);
        double p = Choice.paper(List.of("a")).probability(films, 0)[0];
        assertEquals(p, Half.toFloat(Half.fromFloat((float) p)));
        assertTrue(p > 0.99);
    }
}
