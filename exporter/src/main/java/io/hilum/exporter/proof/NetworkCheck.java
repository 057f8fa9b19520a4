package io.hilum.exporter.proof;

import io.hilum.exporter.ExportException;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.inference.SelfTestRun;
import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.ModelCard;
import java.util.ArrayList;
import java.util.List;

/** Holds one form of the network against the trainer's numbers, and each film alone against itself among others. */
public final class NetworkCheck {

    /** A film among this many others. */
    private static final int NEIGHBOURS = 31;
    /** Of a logit, alone or among others, relative above 1. */
    private static final double BATCH_TOLERANCE = 1e-5;

    private NetworkCheck() {}

    /**
     * @param networks in ONNX Runtime
     * @param remark what the numbers do not show, such as that rounding was emulated; may be empty
     * @throws ExportException when the networks do not run, or a film's score depends on its neighbours
     */
    public static NetworkProof run(
            Target target, Precision precision, RuntimeNetworks networks, ModelCard card, SelfTest probe, String remark)
            throws ExportException {
        try (InferenceEngine engine = EngineFactory.openUnproven(networks, card, EngineOptions.defaults())) {
            Closeness closeness = SelfTestRun.of(engine, probe);
            double batch = amongOthers(engine, probe, target, precision);
            return new NetworkProof(target, precision, engine.identity().engine() + remark, probe.inputs().length, closeness, batch);
        } catch (BundleRefusedException | InferenceException failed) {
            throw new ExportException("The exported network for " + target.id() + " in " + precision.id() + " does not run: "
                    + failed.getMessage(), failed);
        }
    }

    /**
     * @return the largest difference of a logit between a film alone and among others, relative above 1
     * @throws ExportException when a film's score depends on its neighbours
     */
    public static double amongOthers(InferenceEngine engine, SelfTest probe, Target target, Precision precision) throws ExportException {
        List<InferenceRequest> batch = new ArrayList<>();
        for (int i = 0; i <= NEIGHBOURS; i++) {
            batch.add(InferenceRequest.scores(probe.inputs()[i % probe.inputs().length], false));
        }
        List<InferenceResult> together = engine.infer(batch);
        double worst = 0;
        for (int i = 0; i <= NEIGHBOURS; i += 8) {
            float[] alone = engine.infer(List.of(batch.get(i))).get(0).logits();
            worst = Math.max(worst, Tolerance.difference(alone, together.get(i).logits()) / Math.max(1, Tolerance.largest(alone)));
        }
        if (!(worst <= BATCH_TOLERANCE)) {
            throw new ExportException("In " + target.id() + " " + precision.id() + " a film's score depends on its neighbours in the "
                    + "batch: a logit differs by " + worst + " (allowed " + BATCH_TOLERANCE + "). Nothing was exported.");
        }
        return worst;
    }
}
