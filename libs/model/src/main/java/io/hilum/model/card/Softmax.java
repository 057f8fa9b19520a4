package io.hilum.model.card;

/**
 * Marks a model that names exactly one of its labels. The probability of a label is then its softmax share, and the score
 * that calibration and thresholds work on is the log-odds of that share.
 *
 * @param temperature all logits are divided by it first; 1 leaves them as they are
 */
public record Softmax(double temperature) {
    public Softmax {
        if (!(temperature > 0) || !Double.isFinite(temperature)) {
            throw new IllegalArgumentException("A temperature must be positive and finite, not " + temperature + ".");
        }
    }

    /** For each label the log-odds of its softmax share: the logit less the log-sum-exp of all others. */
    public double[] logOdds(float[] logits) {
        double[] out = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int o = 0; o < logits.length; o++) {
                highest = o == c ? highest : Math.max(highest, logits[o] / temperature);
            }
            double sum = 0;
            for (int o = 0; o < logits.length; o++) {
                sum += o == c ? 0 : Math.exp(logits[o] / temperature - highest);
            }
            out[c] = logits[c] / temperature - highest - Math.log(sum);
        }
        return out;
    }
}
