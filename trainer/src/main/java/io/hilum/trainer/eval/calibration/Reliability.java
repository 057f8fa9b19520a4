package io.hilum.trainer.eval.calibration;

import io.hilum.model.card.Interval;
import io.hilum.model.metric.Auc;
import io.hilum.model.metric.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Probabilities against what happened, in ten bins of equal count.
 *
 * @param bins by rising probability; fewer than ten when there are fewer films
 * @param ece expected calibration error: the bins' distances between mean probability and share, weighted by their films
 * @param eceByChance the mean error that probabilities which are exactly right would show on as many films: an error near
 *     it is none. Drawn 200 times with a fixed seed
 */
public record Reliability(List<Bin> bins, double ece, double eceByChance) {
    /** Number of bins. */
    public static final int BINS = 10;
    private static final int DRAWS = 200;

    /** @param observed share of films with the finding, Wilson's interval */
    public record Bin(int films, double meanPredicted, Interval observed) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /** @param truth 0 or 1; other values leave the film out */
    public static Reliability of(double[] probability, int[] truth, long seed) {
        int[] order = IntStream.of(Auc.order(probability)).filter(i -> truth[i] == 0 || truth[i] == 1).toArray();
        int n = order.length;
        List<Bin> bins = new ArrayList<>();
        double ece = 0;
        for (int b = 0; b < BINS; b++) {
            int from = edge(n, b);
            int to = edge(n, b + 1);
            if (to > from) {
                double sum = 0;
                int with = 0;
                for (int k = from; k < to; k++) {
                    sum += probability[order[k]];
                    with += truth[order[k]];
                }
                Bin bin = new Bin(to - from, sum / (to - from), Wilson.of(with, to - from));
                bins.add(bin);
                ece += (double) bin.films() / n * Math.abs(bin.meanPredicted() - bin.observed().value());
            }
        }
        return new Reliability(bins, ece, chance(probability, order, seed));
    }

    private static double chance(double[] probability, int[] order, long seed) {
        var random = new SplittableRandom(seed);
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int b = 0; b < BINS; b++) {
                double off = 0;
                for (int k = edge(order.length, b); k < edge(order.length, b + 1); k++) {
                    double p = probability[order[k]];
                    off += p - (random.nextDouble() < p ? 1 : 0);
                }
                sum += Math.abs(off);
            }
        }
        return order.length == 0 ? 0 : sum / DRAWS / order.length;
    }

    /** Bins differ by one film at most. */
    private static int edge(int films, int bin) {
        return (int) ((long) films * bin / BINS);
    }
}
