package io.hilum.trainer.eval.html;

import java.util.List;

/** A small chart: axes, lines, bands, bars and points as inline SVG; colours come from the page, so it follows light and dark. */
final class Plot {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 270;
    private static final int LEFT = 42;
    private static final int RIGHT = 10;
    private static final int TOP = 10;
    private static final int BOTTOM = 40;

    private final String label;
    private final double xFrom;
    private final double xTo;
    private final double yFrom;
    private final double yTo;
    private final StringBuilder axes = new StringBuilder();
    private final StringBuilder marks = new StringBuilder();

    /** @param label the drawing in words, for readers that do not see it */
    Plot(String label, double xFrom, double xTo, double yFrom, double yTo) {
        this.label = label;
        this.xFrom = xFrom;
        this.xTo = xTo;
        this.yFrom = yFrom;
        this.yTo = yTo;
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, (value - xFrom) / (xTo - xFrom)));
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.max(0, Math.min(1, (value - yFrom) / (yTo - yFrom)));
    }

    Plot xAxis(String title, double[] at, String... names) {
        for (int i = 0; i < at.length; i++) {
            axes.append(Text.format("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x(at[i]), x(at[i]), TOP, HEIGHT - BOTTOM));
            axes.append(Text.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(at[i]), HEIGHT - BOTTOM + 14, names[i]));
        }
        axes.append(Text.format("<text class=\"title\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, title));
        return this;
    }

    Plot yAxis(String title, double[] at, String... names) {
        for (int i = 0; i < at.length; i++) {
            axes.append(Text.format("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y(at[i]), y(at[i])));
            axes.append(Text.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 4, y(at[i]) + 4, names[i]));
        }
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        axes.append(Text.format("<text class=\"title\" x=\"11\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 11 %d)\">%s</text>", middle, middle, title));
        return this;
    }

    /** Both axes from 0 to 1. */
    Plot shares(String xTitle, String yTitle) {
        double[] at = {0, 0.2, 0.4, 0.6, 0.8, 1};
        String[] names = {"0", "0.2", "0.4", "0.6", "0.8", "1"};
        return xAxis(xTitle, at, names).yAxis(yTitle, at, names);
    }

    /** @param points [x, y, ...] */
    Plot line(List<double[]> points, String style) {
        marks.append("<polyline class=\"").append(style).append("\" points=\"");
        for (double[] p : points) {
            marks.append(Text.format("%.1f,%.1f ", x(p[0]), y(p[1])));
        }
        marks.append("\"/>");
        return this;
    }

    /** @param points [x, low, high] */
    Plot band(List<double[]> points) {
        marks.append("<polygon class=\"band\" points=\"");
        for (double[] p : points) {
            marks.append(Text.format("%.1f,%.1f ", x(p[0]), y(p[1])));
        }
        for (int i = points.size() - 1; i >= 0; i--) {
            marks.append(Text.format("%.1f,%.1f ", x(points.get(i)[0]), y(points.get(i)[2])));
        }
        marks.append("\"/>");
        return this;
    }

    Plot bar(double from, double to, double height, String style) {
        marks.append(Text.format("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", style, x(from), y(height),
            Math.max(0.5, x(to) - x(from) - 0.5), Math.max(0, y(yFrom) - y(height))));
        return this;
    }

    Plot point(double x, double y, String style, String title) {
        marks.append(Text.format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>", style, x(x), y(y), Text.escape(title)));
        return this;
    }

    Plot segment(double x1, double y1, double x2, double y2, String style) {
        marks.append(Text.format("<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", style, x(x1), x(x2), y(y1), y(y2)));
        return this;
    }

    /** @param anchor start, middle or end */
    Plot words(double x, double y, String anchor, String style, String text) {
        marks.append(Text.format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", style, x(x), y(y), anchor, Text.escape(text)));
        return this;
    }

    String svg() {
        return Text.format("<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, Text.escape(label)) + axes
            + Text.format("<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
            + marks + "</svg>";
    }
}
