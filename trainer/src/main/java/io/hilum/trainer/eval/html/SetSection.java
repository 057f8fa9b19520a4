package io.hilum.trainer.eval.html;

import io.hilum.trainer.eval.report.DecisionReport;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;
import io.hilum.trainer.eval.report.SingleLabelReport;

/** All about one data set. */
final class SetSection {
    private SetSection() {}

    /** @param whole also a section for each label */
    static String of(SetReport set, boolean whole) {
        StringBuilder out = new StringBuilder();
        out.append("<section><h2 id=\"").append(Text.anchor(set.name())).append("\">Measured on ").append(Text.escape(set.name())).append(role(set.role()))
            .append("</h2>\n<p>").append(Text.sentence(set.description())).append(' ').append(Text.count(set.films())).append(" films of ")
            .append(Text.count(set.clusters())).append(" patients or groups.</p>\n");
        if (set.meanAuc() != null) {
            out.append("<p>Mean over ").append(set.meanOver().size()).append(" of ").append(set.labels().size()).append(" labels: AUC <b>")
                .append(Text.interval(set.meanAuc())).append("</b>, average precision ").append(Text.interval(set.meanAveragePrecision())).append(".</p>\n");
        }
        out.append(results(set));
        if (set.singleLabel() != null) {
            out.append(decisions(set));
        }
        out.append(heatMaps(set));
        if (whole) {
            set.labels().forEach(label -> out.append(LabelSection.of(set.name(), label)));
        }
        return out.append("</section>\n").toString();
    }

    private static String role(String role) {
        return switch (role) {
            case SetReport.VALIDATION -> " <small>fitted here, so flattered</small>";
            case SetReport.CHOSEN_ON -> " <small>paper protocol: the checkpoint was chosen here, so flattered</small>";
            default -> "";
        };
    }

    private static String results(SetReport set) {
        Table table = new Table("Each label. Drawing: AUC from 0 to 1, line at 0.5", "label", "with / without", "", "AUC", "average precision", "sensitivity",
            "specificity", "PPV", "NPV");
        for (LabelReport label : set.labels()) {
            DecisionReport d = label.decision();
            String name = "<a href=\"#" + Text.anchor(set.name(), label.label()) + "\">" + Text.escape(label.label()) + "</a>";
            table.row(set.role().equals(SetReport.VALIDATION) ? Text.escape(label.label()) : name,
                Text.count(label.positives()) + " / " + Text.count(label.negatives()), Bar.of(label.auc(), 0, 1, 0.5),
                label.evaluated() ? Text.interval(label.auc()) : "not evaluable", Text.interval(label.averagePrecision()),
                d == null ? Text.NONE : Text.interval(d.sensitivity()), d == null ? Text.NONE : Text.interval(d.specificity()),
                d == null ? Text.NONE : Text.interval(d.ppv()), d == null ? Text.NONE : Text.interval(d.npv()));
        }
        return table.html();
    }

    private static String decisions(SetReport set) {
        SingleLabelReport single = set.singleLabel();
        Table table = new Table("The one label that the model names (largest probability): accuracy " + Text.interval(single.accuracy())
            + ", mean sensitivity " + Text.interval(single.meanSensitivity()) + ", n = " + single.films(), "class", "films", "called so", "sensitivity", "PPV");
        single.classes().forEach(c -> table.row(Text.escape(c.label()), Text.count(c.films()), Text.count(c.called()), Text.interval(c.sensitivity()), Text.interval(c.ppv())));
        String[] heads = new String[single.classes().size() + 1];
        heads[0] = "truth";
        for (int c = 1; c < heads.length; c++) {
            heads[c] = "called " + Text.escape(single.classes().get(c - 1).label());
        }
        Table confusion = new Table("Films by truth and decision", heads);
        for (int t = 0; t < single.confusion().length; t++) {
            String[] cells = java.util.Arrays.stream(single.confusion()[t]).mapToObj(Text::count).toArray(String[]::new);
            confusion.row(Text.escape(single.classes().get(t).label()), cells);
        }
        return table.html() + confusion.html();
    }

    private static String heatMaps(SetReport set) {
        if (set.labels().stream().allMatch(l -> l.heatMap() == null)) {
            return "";
        }
        Table table = new Table("Heat maps: how often the maximum lies inside of the lesion's box. Line: a random point", "label", "films", "", "hits", "a random point");
        for (LabelReport label : set.labels()) {
            if (label.heatMap() != null) {
                table.row(Text.escape(label.label()), Text.count(label.heatMap().films()), Bar.of(label.heatMap().hitRate(), 0, 1, label.heatMap().chance()),
                    Text.interval(label.heatMap().hitRate()), Text.format("%.3f", label.heatMap().chance()));
            }
        }
        return table.html();
    }
}
