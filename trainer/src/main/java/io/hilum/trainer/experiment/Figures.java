package io.hilum.trainer.experiment;

import io.hilum.model.card.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The experiment's curves as small PNG files. */
record Figures(Workplace place, List<Outcome> outcomes) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final Color SCRATCH = new Color(0xc4, 0x4e, 0x00);
    private static final Color PRETRAINED = new Color(0x1f, 0x5f, 0xa8);
    private static final Color SHORTCUT = new Color(0x66, 0x66, 0x66);

    /** @return the files */
    List<Path> write(Path folder) throws IOException {
        List<Path> out = new ArrayList<>();
        Run pretraining = place.plan().runs().get(0);
        if (place.ended(pretraining)) {
            out.add(save(folder, "pretraining-loss", loss(place.result(pretraining))));
        }
        List<Outcome> covidx = outcomes.stream().filter(o -> o.task() == Task.COVIDX).toList();
        if (!covidx.isEmpty()) {
            out.add(save(folder, "covidx-auc", byShare(covidx)));
        }
        if (!outcomes.isEmpty()) {
            out.add(save(folder, "differences", differences()));
        }
        for (Outcome o : outcomes) {
            out.add(save(folder, "validation-" + o.task().id() + "-" + o.share(), validation(o)));
        }
        return out;
    }

    private static XYChart loss(RunResult result) {
        XYChart chart = chart("Pre-training: loss on masked patches", "films seen (thousand passes)", "loss");
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisDecimalPattern("0");
        line(chart, "loss", result.lossCurve().stream().map(p -> new double[] {p[0] / 1000, p[1]}).toList(), PRETRAINED, false);
        return chart;
    }

    /** Mean AUC with its interval over test groups, by share of labels; the best shortcut baseline beside it. */
    private static XYChart byShare(List<Outcome> covidx) {
        XYChart chart = chart("covidx-mini, test: mean AUC over seeds, 95 % interval over test groups", "labels, percent (log scale)", "AUC");
        chart.getStyler().setXAxisLogarithmic(true);
        intervals(chart, Arm.SCRATCH.words(), covidx, o -> o.analysis().mean(Arm.SCRATCH.words()), SCRATCH, 0.94);
        intervals(chart, Arm.PRETRAINED.words(), covidx, o -> o.analysis().mean(Arm.PRETRAINED.words()), PRETRAINED, 1);
        intervals(chart, "best shortcut baseline", covidx, o -> o.analysis().mean(o.bestShortcut()), SHORTCUT, 1.06);
        return chart;
    }

    private interface Value {
        Interval of(Outcome outcome);
    }

    /** @param shift factor on x, so that error bars do not hide each other */
    private static void intervals(XYChart chart, String name, List<Outcome> outcomes, Value value, Color colour, double shift) {
        double[] x = outcomes.stream().mapToDouble(o -> o.share() * shift).toArray();
        double[] y = outcomes.stream().mapToDouble(o -> value.of(o).value()).toArray();
        // The intervals are not symmetric, so they are lines of their own rather than error bars.
        XYSeries series = chart.addSeries(name, x, y);
        colour(series, colour).setMarker(SeriesMarkers.CIRCLE);
        for (int i = 0; i < x.length; i++) {
            Interval interval = value.of(outcomes.get(i));
            bar(chart, name + " " + i, new double[] {x[i], x[i]}, new double[] {interval.low(), interval.high()}, colour);
        }
    }

    /** Pre-trained minus from scratch: one point a seed, the mean with its interval over test groups beside them. */
    private XYChart differences() {
        XYChart chart = chart("Pre-trained minus from scratch: each seed; mean with 95 % interval over test groups",
            "left to right: " + outcomes.stream().map(o -> o.task().id() + " " + o.share() + " %").collect(Collectors.joining(", ")), "difference of AUC");
        chart.getStyler().setXAxisTicksVisible(false);
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        List<Double> meanX = new ArrayList<>();
        List<Double> meanY = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            var analysis = outcomes.get(i).analysis();
            for (double d : analysis.paired(Arm.PRETRAINED.words(), Arm.SCRATCH.words())) {
                xs.add(i + 0.9);
                ys.add(d);
            }
            Interval mean = analysis.difference(Arm.PRETRAINED.words(), Arm.SCRATCH.words());
            meanX.add(i + 1.1);
            meanY.add(mean.value());
            bar(chart, "interval " + i, new double[] {i + 1.1, i + 1.1}, new double[] {mean.low(), mean.high()}, PRETRAINED);
        }
        points(chart, "seed", xs, ys, SCRATCH);
        points(chart, "mean", meanX, meanY, PRETRAINED);
        bar(chart, "none", new double[] {0.1, outcomes.size() + 0.9}, new double[] {0, 0}, SHORTCUT);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(outcomes.size() + 1.0);
        return chart;
    }

    private static void points(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarkerColor(colour).setMarker(SeriesMarkers.CIRCLE);
    }

    /** Validation AUC while training, all seeds. */
    private XYChart validation(Outcome outcome) throws IOException {
        XYChart chart = chart("%s, %d %% of the labels: validation AUC while training, each seed".formatted(outcome.task().id(), outcome.share()),
            "epochs (of the whole training part's length)", "AUC");
        for (Arm arm : Arm.values()) {
            for (int seed : outcome.seeds()) {
                RunResult result = place.result(place.standing(outcome.task(), arm, outcome.share(), seed));
                line(chart, seed == outcome.seeds().get(0) ? arm.words() : arm.words() + seed, result.validationCurve(),
                    arm == Arm.SCRATCH ? SCRATCH : PRETRAINED, seed != outcome.seeds().get(0));
            }
        }
        return chart;
    }

    private static void line(XYChart chart, String name, List<double[]> points, Color colour, boolean hidden) {
        if (points.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(name, points.stream().mapToDouble(p -> p[0]).toArray(), points.stream().mapToDouble(p -> p[1]).toArray());
        colour(series, colour).setShowInLegend(!hidden);
        series.setMarker(points.size() < 30 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }

    private static XYSeries colour(XYSeries series, Color colour) {
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        return series;
    }

    private static void bar(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        colour(series, colour).setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
        series.setLineStyle(new BasicStroke(1.5f));
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle(y).build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setMarkerSize(6);
        chart.getStyler().setChartTitleFont(chart.getStyler().getChartTitleFont().deriveFont(12f));
        return chart;
    }

    private static Path save(Path folder, String name, XYChart chart) throws IOException {
        Path file = folder.resolve(name + ".png");
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        return file;
    }
}
