package io.hilum.trainer.eval;

import io.hilum.model.card.Interval;
import io.hilum.model.metric.ClassCounts;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.Wilson;
import io.hilum.trainer.eval.report.SingleLabelReport;
import java.util.ArrayList;
import java.util.List;

/** Decisions of a model that names exactly one label, with intervals over patients. */
final class ClassDecisions {
    private ClassDecisions() {}

    static SingleLabelReport of(MeasuredFilms films, ClusterBootstrap bootstrap) {
        int classes = films.labels().size();
        int[] truth = films.classes();
        ClassCounts once = ClassCounts.of(films.logits(), truth, classes, null);
        double[] value = figures(once);
        double[][] draws = bootstrap.draws(w -> figures(ClassCounts.of(films.logits(), truth, classes, w)));
        int[][] confusion = new int[classes][classes];
        List<SingleLabelReport.ClassReport> out = new ArrayList<>();
        double right = 0;
        double all = 0;
        for (int t = 0; t < classes; t++) {
            for (int p = 0; p < classes; p++) {
                confusion[t][p] = (int) once.cell()[t][p];
            }
            right += once.cell()[t][t];
            all += once.row(t);
            out.add(new SingleLabelReport.ClassReport(films.labels().get(t), (int) once.row(t), (int) once.column(t),
                share(value[2 + 2 * t], draws[2 + 2 * t], once.cell()[t][t], once.row(t)),
                share(value[3 + 2 * t], draws[3 + 2 * t], once.cell()[t][t], once.column(t))));
        }
        return new SingleLabelReport((int) all, share(value[0], draws[0], right, all),
            Double.isNaN(value[1]) ? null : ClusterBootstrap.interval(value[1], draws[1]), confusion, out);
    }

    private static double[] figures(ClassCounts counts) {
        int classes = counts.cell().length;
        double[] out = new double[2 + 2 * classes];
        out[0] = counts.accuracy();
        out[1] = counts.meanSensitivity();
        for (int c = 0; c < classes; c++) {
            out[2 + 2 * c] = counts.sensitivity(c);
            out[3 + 2 * c] = counts.ppv(c);
        }
        return out;
    }

    private static Interval share(double value, double[] draws, double hits, double of) {
        return of < 1 ? null : Wilson.wider(ClusterBootstrap.interval(value, draws), Wilson.of(Math.round(hits), Math.round(of)));
    }
}
