package io.hilum.trainer.eval.html;

import io.hilum.trainer.eval.report.EvaluationReport;
import io.hilum.trainer.eval.report.LabelChoice;
import io.hilum.trainer.eval.report.PaperReport;
import io.hilum.trainer.eval.report.RunSection;
import io.hilum.trainer.eval.report.SetReport;

/** What stands around the results: films, choices, lineage, method. */
final class Background {
    private Background() {}

    static String films(EvaluationReport report) {
        StringBuilder out = new StringBuilder("<section><h2 id=\"films\">The films</h2>\n");
        Table sets = new Table("", "set", "what it is", "films", "patients or groups", "left out (under 18)", "used for");
        for (SetReport set : report.sets()) {
            sets.row(Text.escape(set.name()), Text.sentence(set.description()), Text.count(set.films()), Text.count(set.clusters()), Text.count(set.outOfScope()),
                switch (set.role()) {
                    case SetReport.VALIDATION -> "calibration and thresholds";
                    case SetReport.CHOSEN_ON -> "the choice of the checkpoint, and the result";
                    default -> "the result";
                });
        }
        out.append(sets.html());
        for (SetReport set : report.sets()) {
            if (set.composition().isEmpty()) {
                out.append("<p>Of the films of ").append(Text.escape(set.name())).append(" neither sex, age, view nor source is known.</p>\n");
            } else {
                Table table = new Table(Text.escape(set.name()), "group", "films", "share", "patients or groups");
                set.composition().forEach(s -> table.row(Text.escape(s.attribute() + ": " + s.group()), Text.count(s.films()),
                    Text.percent((double) s.films() / set.films()), Text.count(s.clusters())));
                out.append("<details><summary>Who and what: ").append(Text.escape(set.name())).append("</summary>").append(table.html()).append("</details>\n");
            }
        }
        return out.append("</section>\n").toString();
    }

    static String choices(EvaluationReport report) {
        StringBuilder out = new StringBuilder("<section><h2 id=\"choices\">Chosen on the validation films</h2>\n<p>The operating point of a label is the highest "
            + "threshold whose lower 95&nbsp;% bound of sensitivity reaches the target on at least 50 validation films with the finding. A label without one never "
            + "sets a priority.</p>\n");
        if (report.model().temperature() != null) {
            out.append("<p>The model names exactly one label; its logits are divided by ").append(Text.format("%.4f", report.model().temperature())).append(" first.</p>\n");
        }
        Table table = new Table("Calibration: probability = 1 / (1 + exp(−(a · score + b))), fitted by " + Text.escape(report.run().calibration()), "label",
            "with / without", "a", "b", "threshold", "target", "sensitivity there", "specificity there");
        for (LabelChoice choice : report.choices()) {
            var point = choice.card().operatingPoint();
            var calibration = choice.card().calibration();
            table.row(Text.escape(choice.card().name()), Text.count(choice.positives()) + " / " + Text.count(choice.negatives()),
                Text.format("%.3f", calibration.a()), Text.format("%.3f", calibration.b()), point == null ? "none: " + Text.escape(choice.why()) : Text.format("%.4f", point.threshold()),
                point == null ? Text.NONE : Text.format("%.2f", point.target()), point == null ? Text.NONE : Text.interval(point.sensitivity()),
                point == null ? Text.NONE : Text.interval(point.specificity()));
        }
        return out.append(table.html()).append("</section>\n").toString();
    }

    static String paper(PaperReport paper) {
        StringBuilder out = new StringBuilder("<section><h2 id=\"paper\">As the published code counts</h2>\n<p>Mean AUC on " + Text.escape(paper.set()) + ": <b>"
            + Text.format("%.4f", paper.meanAuc()) + "</b> over " + (paper.labels().size() - paper.dropped().size()) + " of " + paper.labels().size()
            + " labels, on half-precision scores, without interval (the code has none)."
            + (paper.dropped().isEmpty() ? "" : " Left out because their AUC is exactly 0 or does not exist: " + Text.escape(String.join(", ", paper.dropped())) + ".")
            + (paper.accuracyPercent() == null ? "" : " Accuracy " + Text.format("%.2f", paper.accuracyPercent()) + " %.") + "</p>\n");
        Table checkpoints = new Table("Checkpoints compared on the test films; the best was taken", "file", "mean AUC", "");
        paper.checkpoints().forEach(c -> checkpoints.row(Text.escape(c.file()), Text.format("%.4f", c.meanAuc()), c.file().equals(paper.chosen()) ? "chosen" : ""));
        Table labels = new Table("", "label", "AUC");
        for (int l = 0; l < paper.aucs().length; l++) {
            labels.row(Text.escape(paper.labels().get(l)), Text.format("%.4f", paper.aucs()[l]));
        }
        return out.append(checkpoints.html()).append(labels.html()).append("</section>\n").toString();
    }

    static String lineage(EvaluationReport report) {
        var model = report.model();
        var lineage = model.lineage();
        StringBuilder out = new StringBuilder("<section><h2 id=\"model\">The model</h2>\n");
        Table table = new Table("", "what", "value").row("name, version", Text.escape(model.name() + ", " + model.version()))
            .row("architecture", Text.escape(model.architecture()) + ", input " + model.inputSize() + " × " + model.inputSize() + " pixels, geometry " + Text.escape(model.geometry()))
            .row("weights", "<code>" + Text.escape(model.weightsSha256()) + "</code> (SHA-256), measured after rounding to fp16, from epoch " + Text.format("%.2f", model.epoch()))
            .row("started from", Text.escape(lineage.startedFrom()))
            .row("learned from", Text.count(lineage.trainingFilms()) + " films: " + Text.sentence(lineage.trainingData()))
            .row("trained", Text.escape(lineage.trainedAt() + ", seed " + lineage.seed() + ", " + lineage.software()));
        Table recipe = new Table("", "setting", "value");
        lineage.recipe().forEach((name, value) -> recipe.row(Text.escape(name), Text.escape(value)));
        return out.append(table.html()).append("<details><summary>Settings of the training</summary>").append(recipe.html()).append("</details></section>\n").toString();
    }

    static String method(RunSection run) {
        return "<section><h2 id=\"method\">How it was measured</h2>\n<ul>"
            + "<li><b>Intervals</b> are 95&nbsp;%: whole patients (or groups) are drawn with replacement, " + Text.count(run.resamples()) + " times, seed " + run.seed()
            + "; percentiles. All labels share each draw, so the mean has an interval of its own. Shares take the wider of that and Wilson's; an AUC of exactly 0 or 1 "
            + "takes Newcombe's method 5; slope and intercept take the variance that allows for patients with several films. No correction for the number of "
            + "comparisons is made.</li>"
            + "<li><b>Not evaluable</b>: fewer than 20 films with or without the finding. Such a label is in no mean and has no operating point.</li>"
            + "<li><b>Unknown labels</b> are outside of every figure; so are patients known to be under 18 (unless the paper's protocol is named above).</li>"
            + "<li><b>PPV and NPV</b> hold for these films' frequency of the finding and for no other.</li>"
            + "<li><b>Brier</b>: mean squared error of the probability. <b>Slope and intercept</b>: the logistic regression of the truth on the log-odds, on these films; a "
            + "slope below 1 means probabilities too extreme. <b>ECE</b>: mean distance of predicted and observed in ten bins of equal count.</li>"
            + "<li><b>Difference</b> of a subgroup: its AUC less that of the largest group, both in the same resamples.</li>"
            + "<li><b>Confusion of sources</b>: among films of one truth, how often a film of one source scores above one of another.</li></ul>\n"
            + new Table("", "what", "value").row("command", "<code>" + Text.escape(run.command()) + "</code>").row("software", Text.escape(run.software()))
                .row("when", Text.escape(run.at())).row("where", Text.escape(run.machine()))
                .row("time", Text.format("network %.1f s, statistics %.1f s", run.networkSeconds(), run.statisticsSeconds())).html() + "</section>\n";
    }
}
