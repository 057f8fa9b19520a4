package io.hilum.trainer.eval.html;

import io.hilum.trainer.eval.report.CalibrationReport;
import io.hilum.trainer.eval.report.DecisionReport;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SourceReport;
import io.hilum.trainer.eval.report.SubgroupReport;

/** All about one label on one data set. */
final class LabelSection {
    private LabelSection() {}

    static String of(String set, LabelReport label) {
        StringBuilder out = new StringBuilder();
        out.append("<section class=\"label\"><h3 id=\"").append(Text.anchor(set, label.label())).append("\">").append(Text.escape(label.label()))
            .append(" <small>on ").append(Text.escape(set)).append("</small></h3>\n");
        out.append("<p>").append(counts(label)).append("</p>\n");
        if (!label.evaluated()) {
            return out.append("<p class=\"note\"><b>Not evaluable.</b> ").append(Text.sentence(label.reason())).append("</p></section>\n").toString();
        }
        out.append(LabelCharts.of(label)).append(decision(label.decision())).append(calibration(label)).append(heatMap(label));
        return out.append(subgroups(label)).append(particulars(label)).append(sources(label)).append("</section>\n").toString();
    }

    private static String counts(LabelReport label) {
        return Text.count(label.positives()) + " films with the finding (" + Text.count(label.clustersWith()) + " patients), " + Text.count(label.negatives())
            + " without (" + Text.count(label.clustersWithout()) + " patients)" + (label.unknown() == 0 ? "." : ", " + Text.count(label.unknown())
            + " of which nobody knows (in no figure).");
    }

    private static String decision(DecisionReport d) {
        if (d == null) {
            return "<p>No operating point, so no decisions: sensitivity, specificity and predictive values cannot be said.</p>\n";
        }
        return new Table("At the operating point: flagged from a calibrated probability of " + Text.format("%.4f", d.threshold()), "", "with", "without", "")
            .row("flagged", Text.count(d.tp()), Text.count(d.fp()), "PPV " + Text.interval(d.ppv()))
            .row("not flagged", Text.count(d.fn()), Text.count(d.tn()), "NPV " + Text.interval(d.npv()))
            .row("", "sensitivity " + Text.interval(d.sensitivity()), "specificity " + Text.interval(d.specificity()), "").html();
    }

    private static String calibration(LabelReport label) {
        Table table = new Table("Calibration, measured on these films", "probabilities", "Brier", "slope (1 is right)", "intercept (0 is right)",
            "mean predicted / observed", "ECE (by chance)");
        row(table, "as the network gives them", label.before());
        row(table, "calibrated (served)", label.after());
        return table.html();
    }

    private static void row(Table table, String name, CalibrationReport c) {
        table.row(name, Text.interval(c.brier()), Text.interval(c.slope()), Text.interval(c.intercept()),
            Text.format("%.3f / %.3f", c.meanPredicted(), c.observed()),
            Text.format("%.3f (%.3f)", c.reliability().ece(), c.reliability().eceByChance()));
    }

    private static String heatMap(LabelReport label) {
        if (label.heatMap() == null) {
            return "";
        }
        return "<p><b>Heat map.</b> Its maximum lies inside of the lesion's box on " + Text.interval(label.heatMap().hitRate()) + " of "
            + label.heatMap().films() + " films; a random point would on " + Text.format("%.3f", label.heatMap().chance()) + ".</p>\n";
    }

    private static String subgroups(LabelReport label) {
        if (label.subgroups().isEmpty()) {
            return "<p>Subgroups: neither sex, age, view nor source of any film is known.</p>\n";
        }
        Table table = new Table("Subgroups, at the same operating point. Drawing: AUC from 0 to 1, line at 0.5", "group", "with / without", "AUC", "", "difference",
            "sensitivity", "specificity");
        for (SubgroupReport g : label.subgroups()) {
            table.row(Text.escape(g.attribute() + ": " + g.group()), Text.count(g.positives()) + " / " + Text.count(g.negatives()), Bar.of(g.auc(), 0, 1, 0.5),
                g.auc() == null ? "not evaluable" : Text.interval(g.auc()), g.difference() == null ? Text.NONE : Text.format("<span class=\"ci\">%+.3f to %s <small>(%+.3f to %+.3f)</small></span>",
                g.difference().value(), Text.escape(g.reference()), g.difference().low(), g.difference().high()),
                Text.interval(g.sensitivity()), Text.interval(g.specificity()));
        }
        return table.html();
    }

    private static String particulars(LabelReport label) {
        if (label.particulars().isEmpty()) {
            return "";
        }
        Table table = new Table("What the film's particulars alone would reach, without a look at its pixels (each group's share of positives on validation as the score)",
            "known", "AUC", "");
        label.particulars().forEach(p -> table.row("only the " + Text.escape(p.attribute()), Bar.of(p.auc(), 0, 1, 0.5), Text.interval(p.auc())));
        table.row("the model", Bar.of(label.auc(), 0, 1, 0.5), Text.interval(label.auc()));
        return table.html();
    }

    private static String sources(LabelReport label) {
        SourceReport sources = label.sources();
        if (sources == null) {
            return "";
        }
        StringBuilder out = new StringBuilder("<h4>Confusion of sources</h4><p class=\"" + (sources.coincide() ? "caution" : "note") + "\">"
            + Text.escape(sources.sentence()) + "</p>\n");
        double threshold = label.decision() == null ? Double.NaN : label.decision().threshold();
        Table rows = new Table("Probability by source within one truth (box: quartiles and median; line: 5 to 95 %)", "source", "truth", "films / patients",
            "", "median", "flagged");
        for (SourceReport.Row r : sources.rows()) {
            rows.row(Text.escape(r.source()), r.finding() ? "with" : "without", Text.count(r.films()) + " / " + Text.count(r.clusters()),
                Bar.box(r.quantiles(), threshold), Text.format("%.3f", r.quantiles()[2]), Text.interval(r.flagged()));
        }
        out.append(rows.html());
        if (!sources.pairs().isEmpty()) {
            Table pairs = new Table("Can the score tell sources apart? 0.5: it cannot", "among films", "chance that", "n", "", "");
            for (SourceReport.Pair p : sources.pairs()) {
                pairs.row(p.finding() ? "with the finding" : "without", Text.escape(p.first() + " scores above " + p.second()), p.films() + " / " + p.others(),
                    Bar.of(p.auc(), 0, 1, 0.5), Text.interval(p.auc()));
            }
            out.append(pairs.html());
        }
        return out.toString();
    }
}
