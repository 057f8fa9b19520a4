package io.hilum.benchmarks.gpu;

import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.ModelCard;
import java.util.Arrays;

/**
 * How far a side's numbers are from the reference's, which ONNX Runtime computed in fp32 on a processor.
 *
 * @param logitsMaxAbs largest |logit - reference|
 * @param logitsMaxRelative the same, divided by the reference's logit where that is above 1
 * @param p99Dp 99th percentile of |probability - reference|, calibrated, over images and labels
 * @param flips scores on the other side of the label's operating point, or of 0.5 where it has none
 * @param camCosine the lowest cosine between a raw map and the reference's; null without maps
 */
record Accuracy(double logitsMaxAbs, double logitsMaxRelative, double p99Dp, int flips, Double camCosine) {
    /** Of logits in fp32 with TF32 off, relative above 1. Other orders of adding give 1e-5; a wrong operator 1e-2 and more. */
    private static final double FP32 = 1e-3;
    private static final double FP16 = 0.01;
    private static final double BF16 = 0.05;

    static Accuracy of(ModelCard card, SelfTest reference, Computed computed) {
        if (computed.logits().length != reference.logits().length) {
            throw new IllegalArgumentException("There are logits of %d images; the reference has %d.".formatted(
                computed.logits().length, reference.logits().length));
        }
        double absolute = 0;
        double relative = 0;
        int flips = 0;
        double[] dp = new double[reference.logits().length * reference.labels()];
        for (int i = 0; i < reference.logits().length; i++) {
            float[] expected = reference.logits()[i];
            float[] actual = computed.logits()[i];
            absolute = Math.max(absolute, Tolerance.difference(expected, actual));
            double[] p = card.probabilities(expected);
            double[] q = card.probabilities(actual);
            for (int l = 0; l < p.length; l++) {
                double difference = Math.abs((double) expected[l] - actual[l]) / Math.max(1, Math.abs(expected[l]));
                relative = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(relative, difference);
                dp[i * p.length + l] = Double.isNaN(q[l]) ? Double.POSITIVE_INFINITY : Math.abs(p[l] - q[l]);
                var point = card.labels().get(l).operatingPoint();
                double threshold = point == null ? 0.5 : point.threshold();
                flips += p[l] >= threshold == q[l] >= threshold ? 0 : 1;
            }
        }
        Arrays.sort(dp);
        return new Accuracy(absolute, relative, dp[(int) Math.ceil(0.99 * dp.length) - 1], flips, camCosine(reference, computed.raw()));
    }

    private static Double camCosine(SelfTest reference, float[][][] raw) {
        if (raw == null) {
            return null;
        }
        double lowest = 1;
        for (int i = 0; i < raw.length; i++) {
            for (int k = 0; k < raw[i].length; k++) {
                lowest = Math.min(lowest, cosine(reference.raw()[i][k], raw[i][k]));
            }
        }
        return lowest;
    }

    /** -1 when one of them is no number. */
    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        double cosine = ab / Math.sqrt(aa * bb);
        return Double.isNaN(cosine) ? -1 : cosine;
    }

    /** Whether it is the same network in that precision. */
    boolean credible(Precision precision) {
        boolean maps = camCosine == null || camCosine >= 0.9;
        return maps && switch (precision) {
            case FP32 -> logitsMaxRelative <= FP32;
            case FP16 -> p99Dp <= FP16;
            case BF16, INT8 -> p99Dp <= BF16;
        };
    }
}
