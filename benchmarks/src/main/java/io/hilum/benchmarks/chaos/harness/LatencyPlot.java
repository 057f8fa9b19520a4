package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.harness.LatencyLog.Latency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the latency over the run, with what was broken when. */
final class LatencyPlot {

    static final String FILE = "latency.png";

    private LatencyPlot() {}

    /**
     * @param marks by kind: when, microseconds since the epoch
     * @param fromUs the run's beginning
     */
    static void write(Path folder, String title, List<Latency> latencies, Map<String, List<Long>> marks, long fromUs) throws IOException {
        TreeMap<Long, List<Double>> bySecond = new TreeMap<>();
        latencies.forEach(each -> bySecond.computeIfAbsent((each.sentUs() - fromUs) / 1_000_000, second -> new ArrayList<>()).add(each.millis()));
        if (bySecond.size() < 2) {
            return;
        }
        XYChart chart = new XYChartBuilder().width(1200).height(600).title(title)
                .xAxisTitle("s since the first image, by when an image was sent").yAxisTitle("ms until visible, read-committed").build();
        chart.getStyler().setYAxisLogarithmic(true);
        double[] seconds = bySecond.keySet().stream().mapToDouble(Long::doubleValue).toArray();
        chart.addSeries("median", seconds, of(bySecond, 0.5)).setMarker(SeriesMarkers.NONE);
        chart.addSeries("largest", seconds, of(bySecond, 1)).setMarker(SeriesMarkers.NONE);
        double[] level = {0.6};
        new TreeMap<>(marks).forEach((kind, times) -> {
            double[] at = times.stream().mapToDouble(each -> Math.max(0, (each - fromUs) / 1e6)).toArray();
            double[] height = new double[at.length];
            Arrays.fill(height, level[0]);
            // One row a kind, below the curves.
            level[0] *= 1.5;
            var series = chart.addSeries(kind, at, height);
            series.setLineStyle(SeriesLines.NONE);
        });
        BitmapEncoder.saveBitmap(chart, folder.resolve(FILE).toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static double[] of(TreeMap<Long, List<Double>> bySecond, double share) {
        return bySecond.values().stream()
                .mapToDouble(second -> Math.max(0.5, SwapCost.quantile(second.stream().mapToDouble(Double::doubleValue).toArray(), share).orElseThrow()))
                .toArray();
    }
}
