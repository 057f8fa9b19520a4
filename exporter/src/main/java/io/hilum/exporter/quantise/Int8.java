package io.hilum.exporter.quantise;

import io.hilum.exporter.ExportException;
import io.hilum.exporter.WorkFolder;
import io.hilum.exporter.onnx.ActivationRange;
import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.onnx.QuantisedNetwork;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.Proof.QuantisationProof;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.util.Map;

/**
 * The network in int8, and what it loses.
 *
 * @param scores without heat maps
 * @param maps with them
 */
public record Int8(Network scores, Network maps) {

    /**
     * @param training films of the training set; what int8 is judged by must not be among them
     * @param scores form in int8 without heat maps
     * @param maps form in int8 with them
     */
    public static Int8 write(ModelCard card, Map<String, Tensor> weights, LabelledFilms training, NetworkForm scores, NetworkForm maps,
            WorkFolder work) throws ExportException, IOException {
        Map<String, ActivationRange> ranges = RangeMeasurement.of(card, work.alone(QuantisedNetwork.probe(card, weights)), training);
        return new Int8(QuantisedNetwork.of(card, weights, scores, ranges), QuantisedNetwork.of(card, weights, maps, ranges));
    }

    /**
     * Compares with fp32 on held-out films.
     *
     * @throws ExportException when a rule is broken
     */
    public static QuantisationProof prove(RuntimeNetworks fp32, RuntimeNetworks int8, ModelCard card, LabelledFilms heldOut,
            QuantisationTrial.Progress progress) throws ExportException {
        QuantisationProof proof = compare(fp32, int8, card, heldOut, progress);
        QuantisationRules.require(proof);
        return proof;
    }

    /** As {@link #prove}, without a judgement. */
    public static QuantisationProof compare(RuntimeNetworks fp32, RuntimeNetworks int8, ModelCard card, LabelledFilms heldOut,
            QuantisationTrial.Progress progress) throws ExportException {
        EngineOptions options = EngineOptions.defaults();
        try (InferenceEngine exact = EngineFactory.openUnproven(fp32, card, options);
                InferenceEngine rounded = EngineFactory.openUnproven(int8, card, options)) {
            return QuantisationTrial.run(exact, rounded, heldOut, progress);
        } catch (BundleRefusedException failed) {
            throw new ExportException("The network in int8 does not run: " + failed.getMessage(), failed);
        }
    }
}
