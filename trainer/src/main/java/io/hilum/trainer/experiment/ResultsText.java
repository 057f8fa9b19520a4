package io.hilum.trainer.experiment;

import io.hilum.contracts.Disclaimer;
import io.hilum.model.card.Interval;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of an experiment as Markdown: what was measured, never what it means. */
record ResultsText(Workplace place, List<Outcome> outcomes) {

    String write() throws IOException {
        var out = new StringBuilder("# Pre-training against training from scratch: the figures\n\n" + Disclaimer.TEXT + "\n\n");
        out.append("Written by `./hilum experiment pretraining`. AUC with its 95 % interval over resampled test groups or patients; "
            + "SD is over seeds (n - 1). The two say different things and are never mixed.\n\n");
        candidates(out);
        headline(out);
        arms(out);
        differences(out);
        baselines(out);
        cost(out);
        return out.toString();
    }

    private void candidates(StringBuilder out) throws IOException {
        out.append("## Learning rate and layer decay\n\nValidation AUC at ").append(Plan.CHOSEN_AT).append(" % of the labels, seed ")
            .append(Plan.CHOSEN_SEED).append(".\n\n| candidate | ").append(join(Arm.values(), Arm::words)).append(" |\n|---|---|---|\n");
        for (Candidate candidate : Candidate.ALL) {
            out.append("| ").append(candidate.words()).append(" |");
            for (Arm arm : Arm.values()) {
                Run run = place.plan().candidates(arm).stream().filter(r -> r.candidate().equals(candidate.id())).findFirst().orElseThrow();
                out.append(place.ended(run) ? format(" %.4f%s |", place.result(run).validationAuc(), chosen(arm, candidate) ? " (chosen)" : "") : " not run |");
            }
            out.append('\n');
        }
        out.append('\n');
    }

    private boolean chosen(Arm arm, Candidate candidate) throws IOException {
        return place.plan().candidates(arm).stream().allMatch(place::ended) && place.choice(arm).equals(candidate);
    }

    private void headline(StringBuilder out) {
        out.append("## covidx-mini: margin over the best shortcut baseline\n\n| labels | best baseline | its AUC | ")
            .append(join(Arm.values(), a -> a.words() + ": margin")).append(" |\n|---|---|---|---|---|\n");
        for (Outcome o : of(Task.COVIDX)) {
            String best = o.bestShortcut();
            out.append(format("| %d %% | %s | %s |", o.share(), best, number(o.analysis().mean(best))));
            for (Arm arm : Arm.values()) {
                out.append(' ').append(signed(o.analysis().difference(arm.words(), best))).append(" |");
            }
            out.append('\n');
        }
        out.append('\n');
    }

    private void arms(StringBuilder out) throws IOException {
        out.append("## Test AUC of each arm\n\n| test set | labels (films) | arm | AUC of each seed | mean | SD over seeds |\n|---|---|---|---|---|---|\n");
        for (Outcome o : outcomes) {
            for (Arm arm : Arm.values()) {
                double[] aucs = o.analysis().aucs(arm.words());
                int films = place.result(place.standing(o.task(), arm, o.share(), o.seeds().get(0))).films();
                out.append(format("| %s | %d %% (%d) | %s | %s | %s | %.3f |%n", o.task().id(), o.share(), films, arm.words(), list(aucs),
                    number(o.analysis().mean(arm.words())), PairedAnalysis.spread(aucs)));
            }
        }
        out.append('\n');
    }

    private void differences(StringBuilder out) {
        out.append("## Paired differences: pre-trained minus from scratch\n\n| test set | labels | seeds | each seed | SD over seeds | mean, interval over test groups |\n|---|---|---|---|---|---|\n");
        for (Outcome o : outcomes) {
            double[] paired = o.analysis().paired(Arm.PRETRAINED.words(), Arm.SCRATCH.words());
            out.append(format("| %s | %d %% | %d | %s | %.3f | %s |%n", o.task().id(), o.share(), paired.length,
                Arrays.stream(paired).mapToObj(d -> format("%+.3f", d)).collect(Collectors.joining(", ")), PairedAnalysis.spread(paired),
                signed(o.analysis().difference(Arm.PRETRAINED.words(), Arm.SCRATCH.words()))));
        }
        out.append('\n');
    }

    private void baselines(StringBuilder out) {
        out.append("## Shortcut baselines\n\n| test set | labels | baseline | AUC | ").append(join(Arm.values(), a -> a.words() + ": margin"))
            .append(" |\n|---|---|---|---|---|---|\n");
        for (Outcome o : outcomes) {
            for (String shortcut : o.shortcuts()) {
                out.append(format("| %s | %d %% | %s | %s | %s | %s |%n", o.task().id(), o.share(), shortcut, number(o.analysis().mean(shortcut)),
                    signed(o.analysis().difference(Arm.SCRATCH.words(), shortcut)), signed(o.analysis().difference(Arm.PRETRAINED.words(), shortcut))));
            }
        }
        out.append("\nTest groups: ").append(outcomes.stream().map(o -> o.task().id() + " " + o.analysis().groups()).distinct()
            .collect(Collectors.joining(", "))).append(".\n\n");
    }

    private void cost(StringBuilder out) throws IOException {
        out.append("## Runs\n\n| run | candidate | passes | films | best epoch | validation AUC | minutes | commit | weights (sha256) |\n|---|---|---|---|---|---|---|---|---|\n");
        double seconds = 0;
        for (Run run : place.plan().runs()) {
            if (place.ended(run)) {
                RunResult r = place.result(run);
                seconds += r.seconds();
                out.append(format("| %s | %s | %d | %d | %s | %s | %.1f | %s | %.12s |%n", r.id(), r.settings().getOrDefault("candidate", "-"),
                    r.passes(), r.films(), run.isPretraining() ? "-" : format("%.2f", r.bestEpoch()),
                    run.isPretraining() ? "-" : format("%.4f", r.validationAuc()), r.seconds() / 60, r.commit(), r.weightsSha256()));
            }
        }
        out.append(format("%nMinutes of all runs together: %.0f (one thread each).%n", seconds / 60));
    }

    private List<Outcome> of(Task task) {
        return outcomes.stream().filter(o -> o.task() == task).toList();
    }

    private static String list(double[] values) {
        return Arrays.stream(values).mapToObj(v -> format("%.3f", v)).collect(Collectors.joining(", "));
    }

    private static String number(Interval i) {
        return format("%.3f (%.3f to %.3f)", i.value(), i.low(), i.high());
    }

    private static String signed(Interval i) {
        return format("%+.3f (%+.3f to %+.3f)", i.value(), i.low(), i.high());
    }

    private static <T> String join(T[] values, java.util.function.Function<T, String> words) {
        return Arrays.stream(values).map(words).collect(Collectors.joining(" | "));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
