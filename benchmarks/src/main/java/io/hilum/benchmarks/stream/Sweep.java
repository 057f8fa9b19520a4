package io.hilum.benchmarks.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Throughput and time against commit interval and batch, as two pictures. */
record Sweep(List<Point> points) {

    /**
     * @param rate images a second with a backlog
     * @param p50 milliseconds from send to subscriber at half of that
     */
    record Point(int batch, int commitMillis, double rate, double p50) {}

    /** @return the picture's file */
    Path draw(Path folder) throws IOException {
        Path file = folder.resolve("sweep.png");
        BitmapEncoder.saveBitmap(List.of(chart("Throughput", "images/s", Point::rate), chart("Time at half load, median", "ms", Point::p50)),
                1, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        return file;
    }

    private XYChart chart(String title, String unit, ToDoubleFunction<Point> value) {
        XYChart chart = new XYChartBuilder().width(640).height(440).title(title).xAxisTitle("commit interval, ms").yAxisTitle(unit).build();
        chart.getStyler().setYAxisMin(0.0);
        for (int batch : points.stream().map(Point::batch).distinct().toList()) {
            List<Point> line = points.stream().filter(point -> point.batch() == batch).toList();
            chart.addSeries("batch " + batch, line.stream().mapToDouble(Point::commitMillis).toArray(), line.stream().mapToDouble(value).toArray());
        }
        return chart;
    }
}
