package io.hilum.model.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.model.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our measures against numbers that the public implementation gave. */
class ReferenceMetricsTest {
    private static final double EXACT = 1e-9;

    @Test
    @Tag("golden")
    void theAreaUnderTheCurveIsTheReferences() throws IOException {
        Golden golden = Golden.of("metrics");
        float[] labels = golden.floats("auc_labels");
        float[] scores = golden.floats("auc_scores");
        JsonNode expected = golden.json("expected.json").get("auc").get("per_class");
        for (int c = 0; c < 4; c++) {
            int label = c;
            double[] s = IntStream.range(0, 60).mapToDouble(i -> scores[i * 5 + label]).toArray();
            int[] t = IntStream.range(0, 60).map(i -> (int) labels[i * 5 + label]).toArray();
            assertEquals(expected.get(c).asDouble(), Auc.of(s, t), EXACT);
        }
    }

    @Test
    @Tag("golden")
    void accuracySensitivityAndPpvAreTheReferences() throws IOException {
        JsonNode expected = Golden.of("metrics").json("expected.json").get("accuracy");
        int n = expected.get("labels").size();
        int[] truth = IntStream.range(0, n).map(i -> expected.get("labels").get(i).asInt()).toArray();
        float[][] logits = new float[n][3];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                logits[i][c] = (float) expected.get("logits").get(i).get(c).asDouble();
            }
        }
        ClassCounts counts = ClassCounts.of(logits, truth, 3, null);
        assertEquals(expected.get("overall_percent").asDouble(), 100 * counts.accuracy(), EXACT * 100);
        assertEquals(expected.get("mean_class_accuracy").asDouble(), counts.meanSensitivity(), EXACT);
        for (int c = 0; c < 3; c++) {
            assertEquals(expected.get("sensitivity").get(c).asDouble(), counts.sensitivity(c), EXACT);
            assertEquals(expected.get("ppv").get(c).asDouble(), counts.ppv(c), EXACT);
            for (int p = 0; p < 3; p++) {
                assertEquals(expected.get("confusion").get(c).get(p).asDouble(), counts.cell()[c][p]);
            }
        }
    }

    @Test
    @Tag("golden")
    void overlapOfMasksIsTheReferences() throws IOException {
        Golden golden = Golden.of("metrics");
        JsonNode expected = golden.json("expected.json").get("segmentation");
        byte[] predicted = Files.readAllBytes(golden.folder().resolve("seg_pred.bin"));
        byte[] truth = Files.readAllBytes(golden.folder().resolve("seg_gt.bin"));
        double iou = 0;
        double dice = 0;
        for (int c = 0; c < 2; c++) {
            MaskOverlap overlap = MaskOverlap.of(predicted, truth, c);
            assertEquals(expected.get("intersection").get(c).asLong(), overlap.intersection());
            assertEquals(expected.get("iou").get(c).asDouble(), overlap.iou(), EXACT);
            assertEquals(expected.get("dice").get(c).asDouble(), overlap.dice(), EXACT);
            iou += overlap.iou() / 2;
            dice += overlap.dice() / 2;
        }
        assertEquals(expected.get("mean_iou").asDouble(), iou, EXACT);
        assertEquals(expected.get("mean_dice").asDouble(), dice, EXACT);
    }

    @Test
    @Tag("golden")
    void theMeanOfRunsHasStudentsInterval() throws IOException {
        JsonNode expected = Golden.of("metrics").json("expected.json").get("mean_ci");
        double[] values = IntStream.range(0, 5).mapToDouble(i -> expected.get("values").get(i).asDouble()).toArray();
        assertEquals(expected.get("t_975_df4").asDouble(), StudentT.quantile(0.975, 4), EXACT);
        var mean = StudentT.mean(values);
        assertEquals(expected.get("mean").asDouble(), mean.value(), EXACT * 100);
        assertEquals(expected.get("half_width_t").asDouble(), mean.high() - mean.value(), EXACT);
    }

    /** Values of printed tables. */
    @Test
    void studentsQuantilesAreThoseOfTheTables() {
        assertEquals(12.706204736, StudentT.quantile(0.975, 1), 1e-8);
        assertEquals(4.302652730, StudentT.quantile(0.975, 2), 1e-8);
        assertEquals(2.042272456, StudentT.quantile(0.975, 30), 1e-8);
        assertEquals(1.697260887, StudentT.quantile(0.95, 30), 1e-8);
        assertTrue(Math.abs(StudentT.quantile(0.975, 100_000) - 1.96) < 1e-3);
    }
}
