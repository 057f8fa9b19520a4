package io.hilum.trainer.eval;

import io.hilum.trainer.eval.metric.Auc;
import io.hilum.model.card.LabelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the ROC curves of a data set as a PNG. */
final class RocPlot {
    private static final int SIDE = 640;

    private RocPlot() {}

    static void write(Path png, String title, Predictions predictions, List<LabelCard> labels) throws IOException {
        XYChart chart = new XYChartBuilder().width(SIDE).height(SIDE).title(title)
            .xAxisTitle("1 - specificity").yAxisTitle("sensitivity").build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        for (int l = 0; l < labels.size(); l++) {
            Scores scores = Scores.of(predictions, l, labels.get(l).calibration());
            if (scores.positives() >= LabelEvaluation.MIN_EACH && scores.negatives() >= LabelEvaluation.MIN_EACH) {
                double[][] curve = curve(scores);
                String name = String.format(Locale.ROOT, "%s %.3f", labels.get(l).name(), Auc.of(predictions.scores(l), predictions.truth(l)));
                chart.addSeries(name, curve[0], curve[1]).setMarker(SeriesMarkers.NONE);
            }
        }
        chart.addSeries("chance", new double[] {0, 1}, new double[] {0, 1}).setMarker(SeriesMarkers.NONE);
        BitmapEncoder.saveBitmap(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    /** False and true positive rates while the threshold falls; tied films go together. */
    static double[][] curve(Scores scores) {
        int n = scores.films();
        double[] x = new double[n + 1];
        double[] y = new double[n + 1];
        double falsePositives = 0;
        double truePositives = 0;
        int points = 1;
        for (int k = n - 1; k >= 0; k--) {
            int film = scores.order()[k];
            if (scores.truth()[film]) {
                truePositives++;
            } else {
                falsePositives++;
            }
            if (k == 0 || scores.probability()[scores.order()[k - 1]] != scores.probability()[film]) {
                x[points] = falsePositives / scores.negatives();
                y[points++] = truePositives / scores.positives();
            }
        }
        return new double[][] {java.util.Arrays.copyOf(x, points), java.util.Arrays.copyOf(y, points)};
    }
}
