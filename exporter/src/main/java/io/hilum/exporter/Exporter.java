package io.hilum.exporter;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.SelfTestRun;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.Proof;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a trained model's folder into a bundle: writes the network, proves that it computes the trainer's numbers,
 * and seals it. A bundle appears whole and proven, or not at all.
 *
 * <p>The self-test that a bundle carries holds the trainer's own outputs, not the exporter's: each engine that loads
 * it is held against the trainer again.
 */
public final class Exporter {

    /** What the trainer leaves beside the weights: inputs with its outputs, see {@link SelfTest}. */
    public static final String PROBE = "probe.safetensors";

    private Exporter() {}

    /**
     * @param model folder with {@code card.json}, {@code weights.safetensors} and {@code probe.safetensors}; a
     *     {@code card.md} and pictures travel along
     * @param bundle folder to write, must not exist or be empty
     * @throws ExportException when the folder is no complete model, the network does not compute what the trainer
     *     computed, or there is a bundle already
     */
    public static Bundle export(Path model, Path bundle) throws ExportException, IOException {
        if (Files.exists(bundle.resolve(Bundle.MANIFEST))) {
            throw new ExportException("There is a bundle at " + bundle + " already. Bundles never change: choose another folder.");
        }
        ModelCard card = ModelCard.read(require(model, ModelCard.FILE));
        Path weights = require(model, Bundle.WEIGHTS);
        byte[] network = network(card, weights);
        SelfTest probe = SelfTest.read(require(model, PROBE), card.inputSize(), card.labels().size());
        Proof proof = prove(network, card, probe, model);

        Path part = bundle.toAbsolutePath().resolveSibling(bundle.getFileName() + ".part");
        Folders.delete(part);
        Files.createDirectories(part);
        try {
            List<String> files = new ArrayList<>(List.of(Bundle.MODEL, Bundle.WEIGHTS, Bundle.SELF_TEST));
            Files.write(part.resolve(Bundle.MODEL), network);
            Files.copy(weights, part.resolve(Bundle.WEIGHTS));
            probe.first(SelfTest.INPUTS).write(part.resolve(Bundle.SELF_TEST));
            files.addAll(Folders.copyForPeople(model, part));
            Bundle.seal(part, files, hashes -> new BundleManifest(BundleManifest.FORMAT, card, Instant.now().toString(),
                    proof, Bundle.MODEL, Bundle.SELF_TEST, hashes));
            Folders.publish(part, bundle.toAbsolutePath());
        } finally {
            Folders.delete(part);
        }
        return Bundle.open(bundle, Optional.empty());
    }

    private static byte[] network(ModelCard card, Path weights) throws ExportException, IOException {
        try {
            ModelProto network = EvaXGraph.of(card, Safetensors.read(weights).tensors());
            return network.toByteArray();
        } catch (IllegalArgumentException unfit) {
            throw new ExportException("The weights in " + weights + " cannot be exported: " + unfit.getMessage(), unfit);
        }
    }

    private static Proof prove(byte[] network, ModelCard card, SelfTest probe, Path model) throws ExportException {
        try (InferenceEngine engine = EngineFactory.openUnproven(network, card, EngineOptions.defaults())) {
            SelfTestRun run = SelfTestRun.of(engine, probe);
            if (!run.passed()) {
                throw new ExportException("The exported network does not compute what the trainer computed for "
                        + model.resolve(PROBE) + ": " + run + ". No bundle was written; do weights and probe belong together?");
            }
            return new Proof(run.inputs(), run.logitDifference(), run.logitTolerance(), run.camDifference(), Tolerance.CAM,
                    engine.identity().engine());
        } catch (BundleRefusedException | InferenceException failed) {
            throw new ExportException("The exported network of " + model + " does not run: " + failed.getMessage(), failed);
        }
    }

    private static Path require(Path model, String name) throws ExportException {
        Path file = model.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ExportException("The folder " + model + " is no complete model: " + name + " is missing.",
                    new NoSuchFileException(file.toString()));
        }
        return file;
    }
}
