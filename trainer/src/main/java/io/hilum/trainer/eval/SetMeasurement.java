package io.hilum.trainer.eval;

import io.hilum.model.card.Interval;
import io.hilum.trainer.eval.calibration.Recalibration;
import io.hilum.trainer.eval.calibration.Reliability;
import io.hilum.model.metric.AucScoreInterval;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.model.metric.Counts;
import io.hilum.model.metric.RankedScores;
import io.hilum.model.metric.Wilson;
import io.hilum.trainer.eval.report.CalibrationReport;
import io.hilum.trainer.eval.report.DecisionReport;
import io.hilum.trainer.eval.report.LabelReport;
import io.hilum.trainer.eval.report.SetReport;
import io.hilum.trainer.eval.report.SubgroupReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Measures one data set. All labels, groups and curves share the same resamples of patients, so that a mean over labels and
 * a difference between groups have intervals of their own. One thread; resamples run on the common pool.
 */
final class SetMeasurement {
    private final MeasuredFilms films;
    private final int outOfScope;
    private final String role;
    private final Choice choice;
    private final MeasuredFilms valid;
    private final long seed;
    private final ClusterBootstrap bootstrap;
    private final List<Attribute> attributes;
    private final LabelStatistics[] statistics;
    private final int[] start;
    private final double[] value;
    private final double[][] draws;

    /**
     * @param valid the validation films; null where there are none
     * @param allAges also films of patients known to be children
     */
    SetMeasurement(MeasuredFilms all, String role, Choice choice, MeasuredFilms valid, boolean allAges, int resamples, long seed) {
        this.films = allAges ? all : all.adults();
        this.outOfScope = all.films() - films.films();
        this.role = role;
        this.choice = choice;
        this.valid = valid;
        this.seed = seed;
        this.bootstrap = new ClusterBootstrap(films.cluster(), resamples, seed);
        this.attributes = Attribute.all(films);
        int labels = films.labels().size();
        this.statistics = new LabelStatistics[labels];
        this.start = new int[labels + 1];
        for (int l = 0; l < labels; l++) {
            RankedScores scores = RankedScores.of(choice.probability(films, l), films.truth(l));
            if (scores.positives() >= Choice.MIN_EACH && scores.negatives() >= Choice.MIN_EACH) {
                statistics[l] = new LabelStatistics(scores, choice.uncalibrated(films, l), threshold(l), attributes);
            }
            start[l + 1] = start[l] + (statistics[l] == null ? 0 : statistics[l].size());
        }
        this.value = vector(null);
        this.draws = bootstrap.draws(this::vector);
    }

    private double[] vector(int[] weight) {
        double[] out = new double[start[start.length - 1]];
        for (int l = 0; l < statistics.length; l++) {
            if (statistics[l] != null) {
                statistics[l].fill(weight, out, start[l]);
            }
        }
        return out;
    }

    private double threshold(int label) {
        var point = choice.labels().get(label).card().operatingPoint();
        return point == null ? Double.NaN : point.threshold();
    }

    SetReport report(boolean singleLabel) {
        List<LabelReport> labels = new ArrayList<>();
        List<String> over = new ArrayList<>();
        for (int l = 0; l < statistics.length; l++) {
            labels.add(statistics[l] == null ? notEvaluable(l) : evaluated(l));
            if (statistics[l] != null) {
                over.add(films.labels().get(l));
            }
        }
        List<SetReport.Share> composition = new ArrayList<>();
        for (Attribute attribute : attributes) {
            for (int g = 0; g < attribute.groups().size(); g++) {
                int group = g;
                IntPredicate in = i -> attribute.of()[i] == group;
                composition.add(new SetReport.Share(attribute.name(), attribute.groups().get(g), count(in), clusters(in)));
            }
        }
        return new SetReport(films.name(), films.description(), role, films.films(), bootstrap.clusters(), outOfScope, composition,
            mean(LabelStatistics.AUC), mean(LabelStatistics.AVERAGE_PRECISION), over, labels,
            singleLabel ? ClassDecisions.of(films, bootstrap) : null);
    }

    private Interval mean(int figure) {
        int[] at = IntStream.range(0, statistics.length).filter(l -> statistics[l] != null).map(l -> start[l] + figure).toArray();
        if (at.length == 0) {
            return null;
        }
        double[] drawn = IntStream.range(0, bootstrap.resamples())
            .mapToDouble(r -> IntStream.of(at).mapToDouble(s -> draws[s][r]).average().orElseThrow()).toArray();
        return ClusterBootstrap.interval(IntStream.of(at).mapToDouble(s -> value[s]).average().orElseThrow(), drawn);
    }

    private int count(IntPredicate in) {
        return (int) IntStream.range(0, films.films()).filter(in).count();
    }

    private int clusters(IntPredicate in) {
        Set<Long> out = new HashSet<>();
        IntStream.range(0, films.films()).filter(in).forEach(i -> out.add(films.cluster()[i]));
        return out.size();
    }

    private LabelReport notEvaluable(int l) {
        int[] truth = films.truth(l);
        int with = count(i -> truth[i] == 1);
        int without = count(i -> truth[i] == 0);
        String reason = "%d films with and %d without the finding; at least %d of each are needed.".formatted(with, without, Choice.MIN_EACH);
        return new LabelReport(films.labels().get(l), LabelReport.NOT_EVALUABLE, reason, with, without, films.films() - with - without,
            clusters(i -> truth[i] == 1), clusters(i -> truth[i] == 0), null, null, null, null, null, List.of(), List.of(), List.of(), null,
            HeatMapHits.of(films, l), List.of(), null, List.of());
    }

    private LabelReport evaluated(int l) {
        int[] truth = films.truth(l);
        RankedScores scores = statistics[l].scores();
        double[] after = choice.probability(films, l);
        int with = clusters(i -> truth[i] == 1);
        int without = clusters(i -> truth[i] == 0);
        Attribute sources = attributes.stream().filter(a -> a.name().equals(Attribute.SOURCE)).findFirst().orElse(null);
        return new LabelReport(films.labels().get(l), LabelReport.EVALUATED, null, scores.positives(), scores.negatives(),
            films.films() - scores.films(), with, without, auc(start[l] + LabelStatistics.AUC, with, without),
            at(start[l] + LabelStatistics.AVERAGE_PRECISION), decision(l),
            calibration(choice.uncalibrated(films, l), truth, at(start[l] + LabelStatistics.BRIER_BEFORE)),
            calibration(after, truth, at(start[l] + LabelStatistics.BRIER_AFTER)),
            Curves.roc(scores), band(l), Curves.precisionRecall(scores), Curves.histogram(scores), HeatMapHits.of(films, l), subgroups(l, truth),
            SourceConfusion.of(films, sources, after, truth, threshold(l), bootstrap), Particulars.of(valid, films, attributes, l, bootstrap));
    }

    /** Null where the figure does not exist. */
    private Interval at(int figure) {
        return Double.isNaN(value[figure]) ? null : ClusterBootstrap.interval(value[figure], draws[figure]);
    }

    /** Where every pair is right, or every one wrong, resamples cannot differ. */
    private Interval auc(int figure, int with, int without) {
        return value[figure] == 0 || value[figure] == 1 ? AucScoreInterval.of(value[figure], with, without) : at(figure);
    }

    private Interval share(int figure, double hits, double of) {
        Interval drawn = at(figure);
        return drawn == null ? null : Wilson.wider(drawn, Wilson.of(Math.round(hits), Math.round(of)));
    }

    private DecisionReport decision(int l) {
        if (Double.isNaN(threshold(l))) {
            return null;
        }
        RankedScores scores = statistics[l].scores();
        Counts c = scores.counts(scores.reaching(threshold(l)), null);
        return new DecisionReport(threshold(l), (int) c.tp(), (int) c.fp(), (int) c.fn(), (int) c.tn(),
            share(start[l] + LabelStatistics.SENSITIVITY, c.tp(), c.tp() + c.fn()), share(start[l] + LabelStatistics.SPECIFICITY, c.tn(), c.tn() + c.fp()),
            share(start[l] + LabelStatistics.PPV, c.tp(), c.tp() + c.fp()), share(start[l] + LabelStatistics.NPV, c.tn(), c.tn() + c.fn()));
    }

    private CalibrationReport calibration(double[] probability, int[] truth, Interval brier) {
        double[] logOdds = java.util.Arrays.stream(probability).map(Curves::logit).toArray();
        Recalibration line = Recalibration.fit(logOdds, truth, films.cluster());
        int[] known = IntStream.range(0, truth.length).filter(i -> truth[i] == 0 || truth[i] == 1).toArray();
        return new CalibrationReport(brier, line == null ? null : line.slope(), line == null ? null : line.intercept(),
            IntStream.of(known).mapToDouble(i -> probability[i]).average().orElse(0), IntStream.of(known).mapToDouble(i -> truth[i]).average().orElse(0),
            Reliability.of(probability, truth, seed));
    }

    private List<double[]> band(int l) {
        List<double[]> out = new ArrayList<>();
        for (int p = 0; p < LabelStatistics.CURVE_POINTS; p++) {
            Interval at = at(start[l] + LabelStatistics.curve(p));
            out.add(new double[] {(double) p / (LabelStatistics.CURVE_POINTS - 1), at.low(), at.high()});
        }
        return out;
    }

    private List<SubgroupReport> subgroups(int l, int[] truth) {
        List<SubgroupReport> out = new ArrayList<>();
        for (int a = 0; a < attributes.size(); a++) {
            Attribute attribute = attributes.get(a);
            int groups = attribute.groups().size();
            int[][] n = new int[groups][2];
            IntStream.range(0, truth.length).filter(i -> truth[i] == 0 || truth[i] == 1).forEach(i -> n[attribute.of()[i]][truth[i]]++);
            int reference = -1;
            for (int g = 0; g < groups; g++) {
                boolean named = !attribute.groups().get(g).equals(Attribute.UNKNOWN);
                if (named && evaluable(n[g]) && (reference < 0 || n[g][0] + n[g][1] > n[reference][0] + n[reference][1])) {
                    reference = g;
                }
            }
            for (int g = 0; g < groups; g++) {
                out.add(subgroup(l, a, g, reference, n[g], truth));
            }
        }
        return out;
    }

    private SubgroupReport subgroup(int l, int a, int g, int reference, int[] n, int[] truth) {
        Attribute attribute = attributes.get(a);
        int figure = start[l] + statistics[l].group(a, g);
        IntPredicate in = i -> attribute.of()[i] == g && (truth[i] == 0 || truth[i] == 1);
        Interval difference = null;
        if (evaluable(n) && reference >= 0 && g != reference) {
            int other = start[l] + statistics[l].group(a, reference);
            difference = ClusterBootstrap.interval(value[figure] - value[other],
                IntStream.range(0, bootstrap.resamples()).mapToDouble(r -> draws[figure][r] - draws[other][r]).toArray());
        }
        return new SubgroupReport(attribute.name(), attribute.groups().get(g), n[0] + n[1], clusters(in), n[1], n[0],
            evaluable(n) ? LabelReport.EVALUATED : LabelReport.NOT_EVALUABLE,
            evaluable(n) ? auc(figure, clusters(i -> in.test(i) && truth[i] == 1), clusters(i -> in.test(i) && truth[i] == 0)) : null,
            n[1] < Choice.MIN_EACH ? null : share(figure + 1, value[figure + 1] * n[1], n[1]),
            n[0] < Choice.MIN_EACH ? null : share(figure + 2, value[figure + 2] * n[0], n[0]), difference,
            difference == null ? null : attribute.groups().get(reference));
    }

    private static boolean evaluable(int[] n) {
        return n[0] >= Choice.MIN_EACH && n[1] >= Choice.MIN_EACH;
    }
}
