package io.hilum.trainer.eval;

import io.hilum.model.card.OperatingPoint;
import io.hilum.trainer.eval.report.LabelChoice;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;
import io.hilum.trainer.eval.report.SubgroupReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The sentences that a reader must know before any number. Each follows from the numbers by a fixed rule, so a favourable
 * report cannot leave them out.
 */
final class Cautions {
    private final List<String> out = new ArrayList<>();

    private Cautions() {}

    /** @param notice of the model; empty for none */
    static List<String> of(String notice, List<LabelChoice> choices, List<SetReport> sets) {
        var cautions = new Cautions();
        if (!notice.isEmpty()) {
            cautions.add("This model was %s. It never saw a patient: what is measured here says nothing about real films unless a data set below says that its films are real.", notice);
        }
        List<SetReport> tests = sets.stream().filter(s -> !s.role().equals(SetReport.VALIDATION)).toList();
        if (tests.isEmpty()) {
            cautions.add("There are no test films: every figure comes from the films that calibration and thresholds were fitted on, and is flattered.");
        }
        boolean paper = sets.stream().anyMatch(s -> s.role().equals(SetReport.CHOSEN_ON));
        if (!paper) {
            cautions.points(choices);
        }
        tests.forEach(set -> cautions.set(set, choices));
        return cautions.out;
    }

    private void add(String format, Object... values) {
        out.add(String.format(Locale.ROOT, format, values));
    }

    private void points(List<LabelChoice> choices) {
        List<String> without = choices.stream().filter(c -> c.card().operatingPoint() == null).map(c -> c.card().name()).toList();
        if (!without.isEmpty()) {
            add("Without an operating point, so never setting a priority: %s.", String.join(", ", without));
        }
    }

    private void set(SetReport set, List<LabelChoice> choices) {
        String name = set.name();
        List<String> not = set.labels().stream().filter(l -> !l.evaluated()).map(LabelReport::label).toList();
        if (!not.isEmpty()) {
            add("On %s not evaluable, and in no mean, for want of films with or without the finding: %s.", name, String.join(", ", not));
        }
        if (set.outOfScope() > 0) {
            add("On %s %d films of patients under %d were left out: they are outside of the service's scope.", name, set.outOfScope(), MeasuredFilms.ADULT);
        }
        for (LabelReport label : set.labels()) {
            if (label.evaluated()) {
                label(set, label, choices.stream().filter(c -> c.card().name().equals(label.label())).findFirst().orElseThrow().card().operatingPoint());
            }
        }
    }

    private void label(SetReport set, LabelReport label, OperatingPoint point) {
        String of = label.label() + " on " + set.name();
        if (label.auc().low() <= 0.5 && label.auc().high() >= 0.5) {
            add("%s: the AUC, %s, does not differ from chance.", of, label.auc());
        } else if (label.auc().high() < 0.5) {
            add("%s: the AUC, %s, is worse than chance: the score points the wrong way.", of, label.auc());
        }
        if (Math.min(label.clustersWith(), label.clustersWithout()) < Choice.MIN_EACH) {
            add("%s: only %d patients with and %d without the finding; intervals from so few are too narrow.", of, label.clustersWith(), label.clustersWithout());
        }
        if (point != null && label.decision().sensitivity().high() < point.target()) {
            add("%s: the sensitivity, %s, misses the target of %.2f that the threshold was set for.", of, label.decision().sensitivity(), point.target());
        }
        var slope = label.after().slope();
        if (slope == null) {
            add(label.auc().value() == 1 ? "%s: the scores separate the films perfectly, so a calibration slope does not exist."
                : "%s: the probabilities hardly differ from film to film, so a calibration slope cannot be said.", of);
        } else if (slope.low() > 1 || slope.high() < 1) {
            add("%s: probabilities are too %s (calibration slope %s); read them as an order, not as chances.", of,
                slope.value() < 1 ? "extreme" : "cautious", slope);
        }
        if (label.sources() != null && label.sources().coincide()) {
            add("%s: disease and source coincide; see the confusion of sources before believing any figure.", of);
        }
        for (LabelReport.Particular each : label.particulars()) {
            if (each.auc().value() >= label.auc().low()) {
                add("%s: the film's %s alone reaches an AUC of %s; the model's interval does not lie above it.", of, each.attribute(), each.auc());
            }
        }
        for (SubgroupReport group : label.subgroups()) {
            boolean known = !group.group().equals(Attribute.UNKNOWN);
            if (known && group.difference() != null && (group.difference().low() > 0 || group.difference().high() < 0)) {
                add("%s: the AUC for %s %s differs from that for %s by %+.3f (%.3f to %.3f). One of many comparisons, so some will differ by chance.", of,
                    group.attribute(), group.group(), group.reference(), group.difference().value(), group.difference().low(), group.difference().high());
            }
        }
    }
}
