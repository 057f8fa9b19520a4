package io.hilum.trainer.eval;

import io.hilum.model.metric.Wilson;
import io.hilum.contracts.Disclaimer;
import io.hilum.model.card.DataSetMetrics;
import io.hilum.model.card.Interval;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.LabelMetrics;
import io.hilum.model.card.ModelCard;
import java.util.Locale;
import java.util.Map;

/** The card for people: {@code card.md}. */
final class CardText {
    private CardText() {}

    /** @param plots file names of pictures by the data set's name */
    static String of(ModelCard card, Map<String, String> plots, String command, int resamples) {
        StringBuilder text = new StringBuilder();
        line(text, "# %s, version %s", card.name(), card.version());
        line(text, "");
        if (card.trainedOnSynthetic()) {
            line(text, "**This model was %s. It never saw a patient and knows nothing about patients. Its scores on real films mean "
                + "nothing and set no priority.**", card.notice());
            line(text, "");
        }
        line(text, Disclaimer.TEXT);
        line(text, "");
        line(text, "Architecture %s, input %d x %d pixels (%s), weights rounded to fp16 before everything below was measured.",
            card.architecture().id(), card.inputSize(), card.inputSize(), card.geometry().id());
        line(text, "Learned from %d films: %s Started from %s, %s.", card.lineage().trainingFilms(), sentence(card.lineage().trainingData()),
            card.lineage().startedFrom(), card.lineage().trainedAt());
        line(text, "");
        labels(text, card);
        for (DataSetMetrics set : card.metrics()) {
            set(text, set, plots.get(set.name()));
        }
        line(text, "## How it was trained");
        line(text, "");
        line(text, "%s, seed %d.", card.lineage().software(), card.lineage().seed());
        line(text, "");
        line(text, "| setting | value |");
        line(text, "| --- | --- |");
        card.lineage().recipe().forEach((name, value) -> line(text, "| %s | %s |", name, value));
        line(text, "");
        line(text, "## How this card was made");
        line(text, "");
        line(text, "    %s", command);
        line(text, "");
        line(text, "Intervals are 95 %%: bootstrap over patients (%d resamples); shares take the wider of that and Wilson's. "
            + "A label with fewer than %d films with or without the finding is not measured (-). Everything else is in the report.", resamples, Choice.MIN_EACH);
        return text.toString();
    }

    private static void labels(StringBuilder text, ModelCard card) {
        line(text, "## Labels and operating points");
        line(text, "");
        line(text, "Set on the validation films: the highest threshold whose lower 95 %% bound of sensitivity reaches the target; none with "
            + "fewer than %d positives. A label without one never sets a priority.", OperatingPoints.MIN_POSITIVES);
        line(text, "");
        line(text, "| label | calibration a, b | threshold | target | sensitivity there | specificity there |");
        line(text, "| --- | --- | --- | --- | --- | --- |");
        for (LabelCard label : card.labels()) {
            var point = label.operatingPoint();
            String scale = String.format(Locale.ROOT, "%.3f, %.3f", label.calibration().a(), label.calibration().b());
            if (point == null) {
                line(text, "| %s | %s | none | - | - | - |", label.name(), scale);
            } else {
                line(text, "| %s | %s | %.4f | %.2f | %s | %s |", label.name(), scale, point.threshold(), point.target(),
                    point.sensitivity(), point.specificity());
            }
        }
        line(text, "");
    }

    private static void set(StringBuilder text, DataSetMetrics set, String plot) {
        line(text, "## Measured: %s", set.name());
        line(text, "");
        line(text, "%s %d films of %d patients.%s", sentence(set.description()), set.films(), set.clusters(),
            set.meanAuc() == null ? "" : " Mean AUC " + (set.meanAucInterval() == null ? String.format(Locale.ROOT, "%.3f", set.meanAuc()) : set.meanAucInterval()) + ".");
        line(text, "");
        line(text, "| label | with / without | AUC | Brier | calibration slope | ECE | sensitivity | specificity | heat map hits | a random point |");
        line(text, "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (LabelMetrics label : set.labels()) {
            var heat = label.heatMap();
            line(text, "| %s | %d / %d | %s | %s | %s | %s | %s | %s | %s | %s |", label.label(), label.positives(), label.negatives(),
                show(label.auc()), show(label.brier()), show(label.calibrationSlope()),
                label.ece() == null ? "-" : String.format(Locale.ROOT, "%.3f", label.ece()), show(label.sensitivity()), show(label.specificity()),
                heat == null ? "-" : heat.hitRate() + " of " + heat.films(),
                heat == null ? "-" : String.format(Locale.ROOT, "%.3f", heat.chance()));
        }
        line(text, "");
        if (plot != null) {
            line(text, "![ROC curves, %s](%s)", set.name(), plot);
            line(text, "");
        }
    }

    private static String show(Interval interval) {
        return interval == null ? "-" : interval.toString();
    }

    private static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.endsWith(".") ? trimmed : trimmed + ".";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
