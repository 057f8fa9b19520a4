package io.hilum.inference;

import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs known inputs through an engine and says how far it is from the numbers that the trainer computed. Doing so
 * also warms the engine.
 *
 * <p>Threading: used once, by one thread.
 */
public final class SelfTestRun {

    private static final int BATCH = 8;
    /** Margins this close are equal to a network that computes in fp32. */
    private static final double RANKING = 1e-4;

    private final ModelCard card;
    private final List<Double> probabilities = new ArrayList<>();
    private final List<Double> cosines = new ArrayList<>();
    private double logits;
    private double tolerance = Double.POSITIVE_INFINITY;
    private double raw;
    private int decisions;
    private int flips;
    private int changes;

    private SelfTestRun(ModelCard card) {
        this.card = card;
    }

    /** @throws InferenceException when the engine cannot compute the inputs at all */
    public static Closeness of(InferenceEngine engine, SelfTest test) {
        SelfTestRun run = new SelfTestRun(engine.card());
        for (int from = 0; from < test.inputs().length; from += BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, test.inputs().length); i++) {
                batch.add(new InferenceRequest(test.inputs()[i], test.classes()[i], false));
            }
            List<InferenceResult> results = engine.infer(batch);
            for (int i = 0; i < results.size(); i++) {
                run.add(test.logits()[from + i], test.raw()[from + i], results.get(i));
            }
        }
        requireRanking(engine, test);
        return run.closeness();
    }

    /** The network chooses labels by constants of its own, which must be those of the card. */
    private static void requireRanking(InferenceEngine engine, SelfTest test) {
        for (int from = 0; from < SelfTest.INPUTS; from += BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                batch.add(InferenceRequest.withMaps(test.inputs()[i], 1, false));
            }
            for (InferenceResult result : engine.infer(batch)) {
                double[] margins = engine.card().margins(result.logits());
                double largest = Arrays.stream(margins).max().orElseThrow();
                int chosen = result.heatMaps().get(0).label();
                if (!(margins[chosen] >= largest - RANKING * Math.max(1, Math.abs(largest)))) {
                    throw new InferenceException("The network ranks its labels otherwise than its card: it explains "
                            + engine.card().labels().get(chosen).name() + " first.");
                }
            }
        }
    }

    private void add(float[] expected, float[][] maps, InferenceResult result) {
        double allowed = Tolerance.logits(expected);
        logits = Math.max(logits, Tolerance.difference(expected, result.logits()));
        tolerance = Math.min(tolerance, allowed);
        double[] trainers = card.probabilities(expected);
        for (int label = 0; label < expected.length; label++) {
            probabilities.add(Math.abs(trainers[label] - result.probabilities()[label]));
            decide(card.labels().get(label), trainers[label], result.probabilities()[label], allowed);
        }
        for (int k = 0; k < maps.length; k++) {
            float[] actual = result.heatMaps().get(k).raw();
            double scale = Math.max(Tolerance.largest(maps[k]), Float.MIN_NORMAL);
            raw = Math.max(raw, Tolerance.difference(maps[k], actual) / scale);
            cosines.add(cosine(maps[k], actual));
        }
    }

    private void decide(LabelCard label, double expected, double actual, double allowed) {
        if (label.operatingPoint() == null) {
            return;
        }
        double point = label.operatingPoint().threshold();
        decisions++;
        if (expected >= point != actual >= point) {
            flips++;
            double margin = Math.abs(logOdds(expected) - logOdds(point)) / label.calibration().a();
            changes += margin > allowed ? 1 : 0;
        }
    }

    private Closeness closeness() {
        return new Closeness(logits, tolerance, raw, quantile(probabilities, 0.99), decisions == 0 ? 0 : (double) flips / decisions,
                changes, quantile(cosines, 0.5));
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    private static double quantile(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.max(Math.sqrt(first * second), Double.MIN_NORMAL);
    }
}
