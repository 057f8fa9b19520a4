package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceRequest;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a plan computes for one image: numbers that depend on every pixel, and labels chosen by margin as the graph does. */
final class FakeNetwork {

    private final ModelCard card;
    private final int cells;

    FakeNetwork(ModelCard card) {
        this.card = card;
        this.cells = PlanShape.of(card, 1).cells();
    }

    float[] logits(byte[] pixels) {
        float[] logits = new float[card.labels().size()];
        for (int l = 0; l < logits.length; l++) {
            double sum = 0;
            for (int i = 0; i < pixels.length; i++) {
                sum += (pixels[i] & 0xff) * Math.sin(i * 0.37 + l);
            }
            logits[l] = (float) (sum / 1000);
        }
        return logits;
    }

    /** @param asked one row of {@code classes} */
    int[] chosen(float[] logits, long[] asked) {
        List<Integer> byMargin = IntStream.range(0, logits.length).boxed()
                .sorted(Comparator.comparing((Integer l) -> -margin(l, logits[l]))).toList();
        int[] chosen = new int[asked.length];
        for (int j = 0; j < asked.length; j++) {
            chosen[j] = asked[j] == InferenceRequest.MOST_RELEVANT ? byMargin.get(j) : (int) asked[j];
        }
        return chosen;
    }

    float[] raw(float[] logits, int label) {
        float[] raw = new float[cells];
        for (int c = 0; c < cells; c++) {
            raw[c] = logits[label] * (c - 1) + label;
        }
        return raw;
    }

    private double margin(int label, float logit) {
        LabelCard known = card.labels().get(label);
        double point = known.operatingPoint() == null ? 0.5 : known.operatingPoint().threshold();
        return known.calibration().a() * logit + known.calibration().b() - Math.log(point / (1 - point));
    }
}
