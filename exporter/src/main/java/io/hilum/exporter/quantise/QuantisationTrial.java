package io.hilum.exporter.quantise;

import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.bundle.Proof.QuantisationProof;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.metric.Auc;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores held-out films in fp32 and in int8 and compares the two, film by film. One thread. */
public final class QuantisationTrial {

    private static final int BATCH = 16;
    private static final long SEED = 8;
    /** Films with and without a finding that an AUC needs. */
    private static final int EVALUABLE = 20;

    private final ModelCard card;
    private final LabelledFilms films;
    /** Probabilities [label][film]. */
    private final double[][] exact;
    private final double[][] rounded;

    private QuantisationTrial(ModelCard card, LabelledFilms films) {
        this.card = card;
        this.films = films;
        this.exact = new double[card.labels().size()][films.count()];
        this.rounded = new double[card.labels().size()][films.count()];
    }

    /** Told after each batch how many films are done. */
    @FunctionalInterface
    public interface Progress {
        void done(int films, int of);
    }

    public static QuantisationProof run(InferenceEngine fp32, InferenceEngine int8, LabelledFilms films, Progress progress) {
        QuantisationTrial trial = new QuantisationTrial(fp32.card(), films);
        for (int from = 0; from < films.count(); from += BATCH) {
            int to = Math.min(films.count(), from + BATCH);
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < to; i++) {
                batch.add(InferenceRequest.scores(films.film(i), false));
            }
            keep(trial.exact, from, fp32.infer(batch));
            keep(trial.rounded, from, int8.infer(batch));
            progress.done(to, films.count());
        }
        return trial.proof();
    }

    private static void keep(double[][] scores, int from, List<InferenceResult> results) {
        for (int i = 0; i < results.size(); i++) {
            for (int label = 0; label < scores.length; label++) {
                scores[label][from + i] = results.get(i).probabilities()[label];
            }
        }
    }

    private QuantisationProof proof() {
        List<Integer> evaluable = new ArrayList<>();
        List<RankedScores> before = new ArrayList<>();
        List<RankedScores> after = new ArrayList<>();
        for (int label = 0; label < exact.length; label++) {
            int[] truth = truth(label);
            long with = Arrays.stream(truth).filter(t -> t == 1).count();
            long without = Arrays.stream(truth).filter(t -> t == 0).count();
            if (with >= EVALUABLE && without >= EVALUABLE) {
                evaluable.add(label);
                before.add(RankedScores.of(exact[label], truth));
                after.add(RankedScores.of(rounded[label], truth));
            }
        }
        double[] drops = drops(before, after, null);
        int worst = 0;
        for (int i = 0; i < drops.length; i++) {
            worst = drops[i] > drops[worst] ? i : worst;
        }
        double[] drawn = new ClusterBootstrap(films.clusters(), SEED)
                .draws(weights -> new double[] {Auc.mean(drops(before, after, weights))})[0];
        double auc = Auc.mean(before.stream().mapToDouble(scores -> scores.auc(null)).toArray());
        double drop = Auc.mean(drops);
        return new QuantisationProof(films.count(), auc, drop, ClusterBootstrap.interval(drop, drawn).high(),
                evaluable.isEmpty() ? "" : card.labels().get(evaluable.get(worst)).name(),
                evaluable.isEmpty() ? Double.NaN : drops[worst], flips());
    }

    private static double[] drops(List<RankedScores> before, List<RankedScores> after, int[] weights) {
        double[] drops = new double[before.size()];
        for (int i = 0; i < drops.length; i++) {
            drops[i] = before.get(i).auc(weights) - after.get(i).auc(weights);
        }
        return drops;
    }

    private double flips() {
        int decisions = 0;
        int flips = 0;
        for (int label = 0; label < exact.length; label++) {
            LabelCard each = card.labels().get(label);
            for (int i = 0; each.operatingPoint() != null && i < films.count(); i++) {
                double point = each.operatingPoint().threshold();
                decisions++;
                flips += exact[label][i] >= point != rounded[label][i] >= point ? 1 : 0;
            }
        }
        return decisions == 0 ? 0 : (double) flips / decisions;
    }

    private int[] truth(int label) {
        int[] truth = new int[films.count()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = films.label(i, label);
        }
        return truth;
    }
}
