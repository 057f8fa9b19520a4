package io.hilum.trainer.eval;

import io.hilum.model.card.Interval;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.RankedScores;
import io.hilum.model.metric.Wilson;
import io.hilum.trainer.eval.report.SourceReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Asks whether a score tells sources apart among films of the same truth; see {@link SourceReport}. */
final class SourceConfusion {
    /** More sources than these, the largest, are not compared pair by pair. */
    private static final int MOST = 5;
    private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

    private final MeasuredFilms films;
    private final Attribute sources;
    private final double[] probability;
    private final int[] truth;
    private final double threshold;
    private final ClusterBootstrap bootstrap;

    private SourceConfusion(MeasuredFilms films, Attribute sources, double[] probability, int[] truth, double threshold, ClusterBootstrap bootstrap) {
        this.films = films;
        this.sources = sources;
        this.probability = probability;
        this.truth = truth;
        this.threshold = threshold;
        this.bootstrap = bootstrap;
    }

    /** @param threshold NaN for none; @return null with fewer than two sources */
    static SourceReport of(MeasuredFilms films, Attribute sources, double[] probability, int[] truth, double threshold, ClusterBootstrap bootstrap) {
        if (sources == null || sources.groups().size() < 2) {
            return null;
        }
        var confusion = new SourceConfusion(films, sources, probability, truth, threshold, bootstrap);
        List<SourceReport.Row> rows = confusion.rows();
        List<SourceReport.Pair> pairs = confusion.pairs();
        boolean coincide = confusion.coincide();
        return new SourceReport(rows, pairs, coincide, sentence(pairs, coincide));
    }

    private int[] of(int source, boolean finding) {
        return IntStream.range(0, truth.length).filter(i -> sources.of()[i] == source && truth[i] == (finding ? 1 : 0)).toArray();
    }

    private boolean coincide() {
        return IntStream.range(0, sources.groups().size()).noneMatch(s -> of(s, true).length > 0 && of(s, false).length > 0);
    }

    private List<SourceReport.Row> rows() {
        List<SourceReport.Row> rows = new ArrayList<>();
        for (boolean finding : new boolean[] {true, false}) {
            for (int s = 0; s < sources.groups().size(); s++) {
                int[] of = of(s, finding);
                if (of.length > 0) {
                    double[] sorted = Arrays.stream(of).mapToDouble(i -> probability[i]).sorted().toArray();
                    var clusters = new TreeSet<Long>();
                    Arrays.stream(of).forEach(i -> clusters.add(films.cluster()[i]));
                    long flagged = Arrays.stream(sorted).filter(p -> p >= threshold).count();
                    rows.add(new SourceReport.Row(sources.groups().get(s), finding, of.length, clusters.size(),
                        Arrays.stream(QUANTILES).map(q -> ClusterBootstrap.quantile(sorted, q)).toArray(),
                        Double.isNaN(threshold) ? null : Wilson.of(flagged, of.length)));
                }
            }
        }
        return rows;
    }

    private List<SourceReport.Pair> pairs() {
        int[] largest = IntStream.range(0, sources.groups().size()).boxed()
            .sorted((a, b) -> Integer.compare(of(b, true).length + of(b, false).length, of(a, true).length + of(a, false).length))
            .limit(MOST).mapToInt(Integer::intValue).sorted().toArray();
        List<RankedScores> scores = new ArrayList<>();
        List<int[]> which = new ArrayList<>();
        for (int finding = 0; finding < 2; finding++) {
            for (int a = 0; a < largest.length; a++) {
                for (int b = a + 1; b < largest.length; b++) {
                    int[] first = of(largest[a], finding == 1);
                    int[] second = of(largest[b], finding == 1);
                    if (first.length >= Choice.MIN_EACH && second.length >= Choice.MIN_EACH) {
                        int[] is = new int[truth.length];
                        Arrays.fill(is, -1);
                        Arrays.stream(first).forEach(i -> is[i] = 1);
                        Arrays.stream(second).forEach(i -> is[i] = 0);
                        scores.add(RankedScores.of(probability, is));
                        which.add(new int[] {finding, largest[a], largest[b]});
                    }
                }
            }
        }
        double[][] draws = scores.isEmpty() ? null : bootstrap.draws(w -> scores.stream().mapToDouble(s -> s.auc(w)).toArray());
        return IntStream.range(0, scores.size()).mapToObj(p -> new SourceReport.Pair(which.get(p)[0] == 1,
            sources.groups().get(which.get(p)[1]), sources.groups().get(which.get(p)[2]), scores.get(p).positives(), scores.get(p).negatives(),
            ClusterBootstrap.interval(scores.get(p).auc(null), draws[p]))).toList();
    }

    private static String sentence(List<SourceReport.Pair> pairs, boolean coincide) {
        StringBuilder out = new StringBuilder();
        if (coincide) {
            out.append("No source has films both with and without the finding: disease and source coincide, and nothing measured here can "
                + "tell a model that sees the disease from one that sees where the film was made. ");
        }
        SourceReport.Pair worst = null;
        for (var pair : pairs) {
            Interval auc = pair.auc();
            boolean apart = auc.low() > 0.5 || auc.high() < 0.5;
            if (apart && (worst == null || Math.abs(auc.value() - 0.5) > Math.abs(worst.auc().value() - 0.5))) {
                worst = pair;
            }
        }
        if (worst != null) {
            out.append(String.format(Locale.ROOT, "The score tells sources apart: among films %s the finding, %s scores above %s with a chance of %s; "
                + "0.5 would be no difference. Sources may also differ in how the disease looks, so this is a warning, not a proof.",
                worst.finding() ? "with" : "without", worst.first(), worst.second(), worst.auc()));
        } else if (!pairs.isEmpty()) {
            out.append("Within films of the same truth no pair of sources is told apart beyond chance.");
        } else {
            out.append("No two sources have 20 films each of the same truth, so whether the score tells sources apart cannot be asked.");
        }
        return out.toString().strip();
    }
}
