package io.hilum.exporter.onnx;

import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scores as the card calibrates them.
 *
 * @param logOdds calibrated [B,L]
 * @param probabilities [B,L]
 */
record Calibrated(Value logOdds, Value probabilities) {

    /** Below every log-odds: what takes no part in a maximum or in a sum of exponentials. */
    private static final float NEVER = -1e30f;

    static Calibrated of(Ops ops, ModelCard card, Value logits) {
        Value raw = card.softmax() == null ? logits : shares(ops, card, logits);
        Value logOdds = ops.add(
                ops.mul(raw, vector(ops, "calibration.a", card.labels(), label -> label.calibration().a())),
                vector(ops, "calibration.b", card.labels(), label -> label.calibration().b()));
        return new Calibrated(logOdds, ops.sigmoid(logOdds));
    }

    /**
     * For each place of {@code classes} that is negative the label with the next largest margin over its operating point:
     * one pass gives scores and their maps. A label without an operating point ranks by its distance from even odds.
     *
     * @param classes [B,K]; -1 at place j stands for the label with the j-th largest margin
     * @param maps [1], how many K are
     */
    Value chosen(Ops ops, ModelCard card, Value classes, Value maps) {
        Value margins = ops.sub(logOdds, vector(ops, "operating_point", card.labels(), Calibrated::threshold));
        return ops.where(ops.less(classes, ops.graph().constant(new long[] {0})), ops.topIndices(margins, maps), classes);
    }

    /** Log-odds of the softmax share: the logit less the log-sum-exp of all others. */
    private static Value shares(Ops ops, ModelCard card, Value logits) {
        int labels = card.labels().size();
        float[] itself = new float[labels * labels];
        for (int i = 0; i < labels; i++) {
            itself[i * labels + i] = NEVER;
        }
        Value cooled = ops.mul(logits, ops.graph().constant(1 / card.softmax().temperature()));
        Value others = ops.add(ops.unsqueeze(cooled, 1), ops.graph().constant("softmax.itself", Weight.of(itself, labels, labels)));
        Value highest = ops.max(others, true, 2);
        Value sum = ops.sum(ops.exp(ops.sub(others, highest)), false, 2);
        return ops.sub(ops.sub(cooled, ops.reshape(highest, 0, labels)), ops.log(sum));
    }

    private static double threshold(LabelCard label) {
        if (label.operatingPoint() == null) {
            return 0;
        }
        double point = label.operatingPoint().threshold();
        return Math.log(point / (1 - point));
    }

    private static Value vector(Ops ops, String name, List<LabelCard> labels, ToDoubleFunction<LabelCard> of) {
        float[] values = new float[labels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) of.applyAsDouble(labels.get(i));
        }
        return ops.graph().constant(name, Weight.of(values, values.length));
    }
}
