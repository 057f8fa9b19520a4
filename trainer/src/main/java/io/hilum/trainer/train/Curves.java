package io.hilum.trainer.train;

import io.hilum.contracts.Disclaimer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A training's curves, to be looked at while it runs: {@link #CSV} and a page that reloads itself, both rewritten every few
 * seconds. A training that goes on keeps the points up to its last save. One thread.
 */
final class Curves {
    static final String CSV = "curves.csv";
    static final String PAGE = "curves.html";
    private static final String HEADER = "step,epoch,films,lr,loss,gradient_norm,validation_loss,validation_auc";
    /** Points of the whole training loss curve. */
    private static final int POINTS = 500;
    private static final long EVERY_NANOS = 5_000_000_000L;

    /**
     * @param films seen so far
     * @param loss mean since the point before; NaN on a point of validation, as what is not known on others
     */
    record Point(long step, double epoch, long films, double rate, double loss, double gradient, double validationLoss, double validationAuc) {
        String line() {
            var out = new StringBuilder(String.format(Locale.ROOT, "%d,%.4f,%d", step, epoch, films));
            for (double value : new double[] {rate, loss, gradient, validationLoss, validationAuc}) {
                out.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value));
            }
            return out.toString();
        }

        static Point of(String line) {
            String[] f = line.split(",", -1);
            double[] v = new double[5];
            for (int i = 0; i < 5; i++) {
                v[i] = f[3 + i].isEmpty() ? Double.NaN : Double.parseDouble(f[3 + i]);
            }
            return new Point(Long.parseLong(f[0]), Double.parseDouble(f[1]), Long.parseLong(f[2]), v[0], v[1], v[2], v[3], v[4]);
        }
    }

    private final Path folder;
    private final String title;
    private final long every;
    private final int stepFilms;
    private final List<Point> points = new ArrayList<>();
    private double lossSum;
    private double gradientSum;
    private int count;
    private long lastWrite;

    /** @param step finished steps; points after it belong to what a kill has undone */
    Curves(Path folder, String title, long step, long totalSteps, int stepFilms) throws IOException {
        this.folder = folder;
        this.title = title;
        this.every = Math.max(1, totalSteps / POINTS);
        this.stepFilms = stepFilms;
        if (step > 0 && Files.exists(folder.resolve(CSV))) {
            for (String line : Files.readAllLines(folder.resolve(CSV))) {
                if (!line.equals(HEADER) && !line.isBlank()) {
                    Point point = Point.of(line);
                    if (point.step() <= step) {
                        points.add(point);
                    }
                }
            }
        }
    }

    /** @param step finished steps */
    void trained(long step, double epoch, double rate, double loss, double gradient) throws IOException {
        lossSum += loss;
        gradientSum += gradient;
        count++;
        if (step % every == 0) {
            points.add(new Point(step, epoch, step * stepFilms, rate, lossSum / count, gradientSum / count, Double.NaN, Double.NaN));
            lossSum = 0;
            gradientSum = 0;
            count = 0;
            if (System.nanoTime() - lastWrite > EVERY_NANOS) {
                write();
            }
        }
    }

    void validated(long step, double epoch, double loss, double auc) throws IOException {
        points.add(new Point(step, epoch, step * stepFilms, Double.NaN, Double.NaN, Double.NaN, loss, auc));
        write();
    }

    void write() throws IOException {
        var csv = new StringBuilder(HEADER).append('\n');
        points.forEach(point -> csv.append(point.line()).append('\n'));
        replace(folder.resolve(CSV), csv.toString());
        replace(folder.resolve(PAGE), page());
        lastWrite = System.nanoTime();
    }

    private String page() {
        List<Plot.Line> losses = List.of(
            line("training", points, false), line("validation", points, true));
        var aucs = new ArrayList<double[]>();
        points.stream().filter(p -> !Double.isNaN(p.validationAuc())).forEach(p -> aucs.add(new double[] {p.epoch(), p.validationAuc()}));
        return """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="15">
            <title>%1$s</title><style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}</style></head>
            <body><h1>%1$s</h1><p>The page reloads itself; the numbers are in %2$s.</p>
            <h2>Loss by epoch</h2>%3$s<h2>Mean AUC on validation by epoch</h2>%4$s<p>%5$s</p></body></html>
            """.formatted(Plot.escape(title), CSV, Plot.svg(losses), Plot.svg(List.of(new Plot.Line("validation", aucs))), Disclaimer.TEXT);
    }

    private static Plot.Line line(String name, List<Point> points, boolean validation) {
        var out = new ArrayList<double[]>();
        for (Point p : points) {
            double y = validation ? p.validationLoss() : p.loss();
            if (!Double.isNaN(y)) {
                out.add(new double[] {p.epoch(), y});
            }
        }
        return new Plot.Line(name, out);
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
