package io.hilum.trainer.eval;

import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import io.hilum.trainer.eval.report.LabelReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a film's particulars alone would reach: each group's share of positives on the validation films is the score of
 * its films here. A model must beat it, or it may have learned nothing else.
 */
final class Particulars {
    private Particulars() {}

    static List<LabelReport.Particular> of(MeasuredFilms valid, MeasuredFilms films, List<Attribute> attributes, int label, ClusterBootstrap bootstrap) {
        if (valid == null || valid.films() == 0) {
            return List.of();
        }
        List<RankedScores> scores = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Attribute known : Attribute.all(valid)) {
            Attribute here = attributes.stream().filter(a -> a.name().equals(known.name())).findFirst().orElse(null);
            if (here != null) {
                names.add(known.name());
                scores.add(RankedScores.of(scores(known, valid.truth(label), here), films.truth(label)));
            }
        }
        if (scores.isEmpty()) {
            return List.of();
        }
        double[][] draws = bootstrap.draws(w -> scores.stream().mapToDouble(s -> s.auc(w)).toArray());
        List<LabelReport.Particular> out = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            out.add(new LabelReport.Particular(names.get(k), ClusterBootstrap.interval(scores.get(k).auc(null), draws[k])));
        }
        return out;
    }

    private static double[] scores(Attribute known, int[] truth, Attribute here) {
        int groups = known.groups().size();
        double[] with = new double[groups];
        double[] all = new double[groups];
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] == 0 || truth[i] == 1) {
                with[known.of()[i]] += truth[i];
                all[known.of()[i]]++;
            }
        }
        double share = Arrays.stream(with).sum() / Math.max(1, Arrays.stream(all).sum());
        Map<String, Double> byName = new HashMap<>();
        for (int g = 0; g < groups; g++) {
            // One film of the common share keeps a group of two films from being certain.
            byName.put(known.groups().get(g), (with[g] + share) / (all[g] + 1));
        }
        return Arrays.stream(here.of()).mapToDouble(g -> byName.getOrDefault(here.groups().get(g), share)).toArray();
    }
}
