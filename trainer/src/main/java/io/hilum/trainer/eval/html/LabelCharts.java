package io.hilum.trainer.eval.html;

import io.hilum.trainer.eval.calibration.Reliability;
import io.hilum.trainer.eval.report.CalibrationReport;
import io.hilum.trainer.eval.report.DecisionReport;
import io.hilum.trainer.eval.report.LabelReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The four pictures of a label, each with its numbers in a table below. */
final class LabelCharts {
    private static final double[] TICKS = {0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999};
    private static final String[] TICK_NAMES = {"0.0001", "0.001", "0.01", "0.1", "0.5", "0.9", "0.99", "0.999"};

    private LabelCharts() {}

    static String of(LabelReport label) {
        return "<div class=\"charts\">" + roc(label) + precisionRecall(label) + reliability(label) + histogram(label) + "</div>\n";
    }

    private static String figure(String svg, String caption, String table) {
        return "<figure>" + svg + "<figcaption>" + caption + "</figcaption><details><summary>Numbers</summary>" + table + "</details></figure>\n";
    }

    private static String roc(LabelReport label) {
        DecisionReport at = label.decision();
        Plot plot = new Plot("ROC curve of %s: AUC %s.".formatted(label.label(), Text.plain(label.auc())), 0, 1, 0, 1)
            .shares("1 − specificity", "sensitivity").segment(0, 0, 1, 1, "chance").band(label.rocBand()).line(label.roc(), "curve");
        String point = "";
        if (at != null) {
            double x = 1 - at.specificity().value();
            double y = at.sensitivity().value();
            plot.segment(x, at.sensitivity().low(), x, at.sensitivity().high(), "whisker")
                .segment(1 - at.specificity().low(), y, 1 - at.specificity().high(), y, "whisker").point(x, y, "point", "operating point");
            point = " Point: operating point with its intervals.";
        }
        Table table = new Table("", "1 − specificity", "sensitivity, 95 % band");
        for (int i = 0; i < label.rocBand().size(); i += 5) {
            double[] band = label.rocBand().get(i);
            table.row(Text.format("%.2f", band[0]), Text.format("%.3f to %.3f", band[1], band[2]));
        }
        return figure(plot.svg(), "<b>ROC.</b> AUC " + Text.interval(label.auc()) + ", n = " + label.positives() + " with, " + label.negatives()
            + " without. Band: 95 %, point by point." + point, table.html());
    }

    private static String precisionRecall(LabelReport label) {
        double share = (double) label.positives() / (label.positives() + label.negatives());
        Plot plot = new Plot("Precision-recall curve of %s: average precision %s.".formatted(label.label(), Text.plain(label.averagePrecision())), 0, 1, 0, 1)
            .shares("sensitivity (recall)", "PPV (precision)").segment(0, share, 1, share, "chance").line(label.precisionRecall(), "curve");
        if (label.decision() != null && label.decision().ppv() != null) {
            plot.point(label.decision().sensitivity().value(), label.decision().ppv().value(), "point", "operating point");
        }
        Table table = new Table("", "sensitivity", "precision");
        int step = Math.max(1, label.precisionRecall().size() / 12);
        for (int i = 0; i < label.precisionRecall().size(); i += step) {
            double[] at = label.precisionRecall().get(i);
            table.row(Text.format("%.3f", at[0]), Text.format("%.3f", at[1]));
        }
        return figure(plot.svg(), "<b>Precision and recall.</b> Average precision " + Text.interval(label.averagePrecision())
            + "; a score that knows nothing has the share of positives, " + Text.format("%.3f", share) + " (dashed).", table.html());
    }

    private static String reliability(LabelReport label) {
        CalibrationReport after = label.after();
        Plot plot = new Plot("Reliability of %s: expected calibration error %.3f after calibration, %.3f before.".formatted(label.label(),
            after.reliability().ece(), label.before().reliability().ece()), 0, 1, 0, 1)
            .shares("predicted probability", "share with the finding").segment(0, 0, 1, 1, "chance").line(bins(label.before()), "before");
        for (Reliability.Bin bin : after.reliability().bins()) {
            plot.segment(bin.meanPredicted(), bin.observed().low(), bin.meanPredicted(), bin.observed().high(), "whisker");
        }
        plot.line(bins(after), "curve");
        Table table = new Table("Ten bins of equal count", "bin", "films", "predicted", "observed", "before: predicted", "before: observed");
        for (int b = 0; b < after.reliability().bins().size(); b++) {
            Reliability.Bin bin = after.reliability().bins().get(b);
            Reliability.Bin first = label.before().reliability().bins().get(b);
            plot.point(bin.meanPredicted(), bin.observed().value(), "point", bin.films() + " films: predicted "
                + Text.format("%.3f", bin.meanPredicted()) + ", observed " + Text.plain(bin.observed()));
            table.row(Integer.toString(b + 1), Integer.toString(bin.films()), Text.format("%.3f", bin.meanPredicted()), Text.interval(bin.observed()),
                Text.format("%.3f", first.meanPredicted()), Text.format("%.3f", first.observed().value()));
        }
        return figure(plot.svg(), "<b>Reliability.</b> Ten bins of " + after.reliability().bins().get(0).films() + " films or one more, Wilson intervals; thin line: before "
            + "calibration. ECE " + Text.format("%.3f", after.reliability().ece()) + " (before " + Text.format("%.3f", label.before().reliability().ece())
            + "); probabilities that are exactly right would show " + Text.format("%.3f", after.reliability().eceByChance()) + " by chance.", table.html());
    }

    private static List<double[]> bins(CalibrationReport report) {
        List<double[]> out = new ArrayList<>();
        report.reliability().bins().forEach(bin -> out.add(new double[] {bin.meanPredicted(), bin.observed().value()}));
        return out;
    }

    private static String histogram(LabelReport label) {
        LabelReport.Histogram h = label.histogram();
        double[] edges = Arrays.stream(h.edges()).map(LabelCharts::logit).toArray();
        double most = 0;
        for (int b = 0; b < h.with().length; b++) {
            most = Math.max(most, Math.max(share(h.with()[b], label.positives()), share(h.without()[b], label.negatives())));
        }
        double first = edges[0];
        double last = edges[edges.length - 1];
        double[] in = Arrays.stream(TICKS).filter(t -> logit(t) >= first && logit(t) <= last).toArray();
        String[] names = Arrays.stream(in).mapToObj(t -> TICK_NAMES[Arrays.binarySearch(TICKS, t)]).toArray(String[]::new);
        Plot plot = new Plot("Scores of films with and without " + label.label() + ".", first, last, 0, most * 1.05)
            .xAxis("predicted probability (log-odds scale)", Arrays.stream(in).map(LabelCharts::logit).toArray(), names)
            .yAxis("share of the films", new double[] {0, most / 2, most}, "0", Text.format("%.2f", most / 2), Text.format("%.2f", most));
        Table table = new Table("", "probability", "with the finding", "without");
        for (int b = 0; b < h.with().length; b++) {
            plot.bar(edges[b], edges[b + 1], share(h.without()[b], label.negatives()), "without");
            table.row(Text.format("%.4f to %.4f", h.edges()[b], h.edges()[b + 1]), Integer.toString(h.with()[b]), Integer.toString(h.without()[b]));
        }
        for (int b = 0; b < h.with().length; b++) {
            plot.bar(edges[b], edges[b + 1], share(h.with()[b], label.positives()), "with");
        }
        if (label.decision() != null) {
            double cut = logit(label.decision().threshold());
            plot.segment(cut, 0, cut, most * 1.05, "threshold");
        }
        return figure(plot.svg(), "<b>Scores.</b> <span class=\"key with\"></span>with the finding (n = " + label.positives()
            + "), <span class=\"key without\"></span>without (n = " + label.negatives() + "), each adding up to 1."
            + (label.decision() == null ? "" : " Line: threshold."), table.html());
    }

    private static double share(int films, int of) {
        return of == 0 ? 0 : (double) films / of;
    }

    private static double logit(double p) {
        double inside = Math.max(1e-12, Math.min(1 - 1e-12, p));
        return Math.log(inside / (1 - inside));
    }
}
