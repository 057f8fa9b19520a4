package io.hilum.trainer.eval;

import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;
import java.io.IOException;
import java.nio.file.Path;
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

    static void write(Path png, SetReport set) throws IOException {
        XYChart chart = new XYChartBuilder().width(SIDE).height(SIDE).title(set.name())
            .xAxisTitle("1 - specificity").yAxisTitle("sensitivity").build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        for (LabelReport label : set.labels()) {
            if (label.evaluated()) {
                String name = String.format(Locale.ROOT, "%s %.3f", label.label(), label.auc().value());
                chart.addSeries(name, column(label, 0), column(label, 1)).setMarker(SeriesMarkers.NONE);
            }
        }
        chart.addSeries("chance", new double[] {0, 1}, new double[] {0, 1}).setMarker(SeriesMarkers.NONE);
        BitmapEncoder.saveBitmap(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static double[] column(LabelReport label, int which) {
        return label.roc().stream().mapToDouble(point -> point[which]).toArray();
    }
}
