package io.hilum.trainer.train;

import java.util.List;
import java.util.Locale;

/** A small line plot as SVG, which needs no fonts and no library. No state; any thread. */
final class Plot {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;
    private static final String[] COLOURS = {"#1f5fa8", "#c2410c", "#15803d"};

    /** @param points x and y, by rising x */
    record Line(String name, List<double[]> points) {}

    private Plot() {}

    static String svg(List<Line> lines) {
        double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Line line : lines) {
            for (double[] p : line.points()) {
                widen(x, p[0]);
                widen(y, p[1]);
            }
        }
        if (x[0] > x[1]) {
            return "<p>Nothing yet.</p>";
        }
        open(x);
        open(y);
        var out = new StringBuilder(String.format(Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"13\" style=\"width:100%%\">%n", WIDTH, HEIGHT));
        for (int t = 0; t <= TICKS; t++) {
            double vx = x[0] + (x[1] - x[0]) * t / TICKS;
            double vy = y[0] + (y[1] - y[0]) * t / TICKS;
            out.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.4g</text>%n", px(vx, x), HEIGHT - 15, vx));
            out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>", LEFT - 8, py(vy, y) + 4, vy));
            out.append(String.format(Locale.ROOT, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>%n", LEFT, py(vy, y), WIDTH - 10));
        }
        for (int i = 0; i < lines.size(); i++) {
            String colour = COLOURS[i % COLOURS.length];
            var path = new StringBuilder();
            for (double[] p : lines.get(i).points()) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", px(p[0], x), py(p[1], y)));
                if (lines.get(i).points().size() < 60) {
                    out.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", px(p[0], x), py(p[1], y), colour));
                }
            }
            out.append(String.format(Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour));
            out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", LEFT + 10 + 130 * i, 16, colour, escape(lines.get(i).name())));
        }
        return out.append("</svg>").toString();
    }

    /** Text that stands in a page as it is. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static void widen(double[] range, double value) {
        if (Double.isFinite(value)) {
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        }
    }

    private static void open(double[] range) {
        if (range[1] - range[0] < 1e-12) {
            range[0] -= 0.5;
            range[1] += 0.5;
        }
    }

    private static double px(double value, double[] x) {
        return LEFT + (value - x[0]) / (x[1] - x[0]) * (WIDTH - LEFT - 10);
    }

    private static double py(double value, double[] y) {
        return HEIGHT - BOTTOM - (value - y[0]) / (y[1] - y[0]) * (HEIGHT - BOTTOM - 25);
    }
}
