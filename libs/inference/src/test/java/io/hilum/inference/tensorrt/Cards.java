package io.hilum.inference.tensorrt;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.Interval;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.Lineage;
import io.hilum.model.card.ModelCard;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.input.Geometry;
import java.util.List;
import java.util.Map;

/** A small card, its machine and its plans. */
final class Cards {

    static final TensorRtSupport MACHINE = new TensorRtSupport("10.15.1", "9.0", "NVIDIA H100", "");
    /** Input of 32 x 32 pixels, maps of 2 x 2 cells; one label has no operating point. */
    static final ModelCard CARD = new ModelCard(ModelCard.SCHEMA, "chest", "7", Architecture.EVA_X_TI, 32,
            Geometry.STRETCH, 0.5, 0.25,
            List.of(label("Effusion", 1.5, -0.25, 0.3), label("Nodule", 0.75, 0.5, 0.6),
                    new LabelCard("Hernia", new Calibration(1.25, 0.125), null),
                    label("Mass", 2, 0, 0.05), label("Oedema", 1, -1, 0.5)),
            List.of(), new Lineage("scratch", "none", 0, Map.of(), 1, "test", "2026-01-01T00:00:00Z"), false, "");

    private Cards() {}

    static PlanFile plan(Precision precision, int maps, int maxBatch, String tensorRt, String computeCapability) {
        return new PlanFile((maps == 0 ? "plain-" : "maps-") + precision.id() + "-" + tensorRt + "-" + computeCapability + ".plan",
                precision, maps, maxBatch, tensorRt, computeCapability);
    }

    static PlanChoice choice(int maps, int maxBatch) {
        return new PlanChoice(plan(Precision.FP16, 0, maxBatch, "10.15.1", "9.0"),
                plan(Precision.FP16, maps, maxBatch, "10.15.1", "9.0"), "");
    }

    private static LabelCard label(String name, double a, double b, double threshold) {
        Interval unknown = new Interval(0, 0, 1);
        return new LabelCard(name, new Calibration(a, b), new OperatingPoint(threshold, 0.9, unknown, unknown, 10));
    }
}
