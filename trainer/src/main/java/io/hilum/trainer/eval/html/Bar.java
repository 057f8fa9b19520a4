package io.hilum.trainer.eval.html;

import io.hilum.model.card.Interval;

/**
 * An estimate with its interval as a small drawing inside of a table's row: a forest plot whose words stay words, on a phone
 * and to a screen reader. The numbers stand in the next cell, so the drawing is hidden from readers that speak.
 */
final class Bar {
    private static final int WIDTH = 140;
    private static final int HEIGHT = 18;

    private Bar() {}

    /** @param reference where a thin line stands, such as 0.5 for an AUC; NaN for none */
    static String of(Interval interval, double from, double to, double reference) {
        StringBuilder out = begin(reference, from, to);
        if (interval != null) {
            double y = HEIGHT / 2.0;
            out.append(Text.format("<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", at(interval.low(), from, to),
                at(interval.high(), from, to), y, y));
            out.append(Text.format("<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", at(interval.value(), from, to), y));
        }
        return out.append("</svg>").toString();
    }

    /** Five quantiles (5, 25, 50, 75, 95 %) as a box with whiskers. */
    static String box(double[] quantiles, double threshold) {
        StringBuilder out = begin(threshold, 0, 1);
        double y = HEIGHT / 2.0;
        out.append(Text.format("<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", at(quantiles[0], 0, 1), at(quantiles[4], 0, 1), y, y));
        out.append(Text.format("<rect class=\"box\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"10\"/>", at(quantiles[1], 0, 1), y - 5,
            Math.max(1, at(quantiles[3], 0, 1) - at(quantiles[1], 0, 1))));
        out.append(Text.format("<line class=\"median\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", at(quantiles[2], 0, 1), at(quantiles[2], 0, 1), y - 6, y + 6));
        return out.append("</svg>").toString();
    }

    private static StringBuilder begin(double reference, double from, double to) {
        StringBuilder out = new StringBuilder(Text.format("<svg class=\"bar\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" aria-hidden=\"true\">",
            WIDTH, HEIGHT, WIDTH, HEIGHT));
        out.append(Text.format("<line class=\"track\" x1=\"4\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", WIDTH - 4, HEIGHT - 1, HEIGHT - 1));
        if (!Double.isNaN(reference)) {
            out.append(Text.format("<line class=\"reference\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>", at(reference, from, to), at(reference, from, to), HEIGHT));
        }
        return out;
    }

    private static double at(double value, double from, double to) {
        return 5 + (WIDTH - 10) * Math.max(0, Math.min(1, (value - from) / (to - from)));
    }
}
