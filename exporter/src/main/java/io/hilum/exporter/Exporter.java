package io.hilum.exporter;

import io.hilum.exporter.onnx.ConstantFile;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.plan.Plans;
import io.hilum.exporter.proof.GoldenCheck;
import io.hilum.inference.tensorrt.TensorRtSupport;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof;
import io.hilum.model.bundle.Proof.GoldenProof;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a trained model's folder into a bundle: writes the network in each form, proves that it computes the trainer's
 * numbers, and seals it. A bundle appears whole and proven, or not at all.
 *
 * <p>The self-test that a bundle carries holds the trainer's own outputs, not the exporter's: each engine that loads
 * it is held against the trainer again.
 */
public final class Exporter {

    /** What the trainer leaves beside the weights: inputs with its outputs, see {@link SelfTest}. */
    public static final String PROBE = "probe.safetensors";

    private Exporter() {}

    /** {@link #export(ExportRequest, ExportProgress)} for CPUs in fp32, without a word meanwhile. */
    public static Bundle export(Path model, Path bundle) throws ExportException, IOException {
        return export(new ExportRequest(model, bundle), ExportProgress.SILENT);
    }

    /**
     * @throws ExportException when the folder is no complete model, a network does not compute what the trainer
     *     computed, int8 loses too much, or there is a bundle already
     */
    public static Bundle export(ExportRequest request, ExportProgress progress) throws ExportException, IOException {
        Path bundle = request.bundle();
        if (Files.exists(bundle.resolve(Bundle.MANIFEST))) {
            throw new ExportException("There is a bundle at " + bundle + " already. Bundles never change: choose another folder.");
        }
        if (!Folders.isFree(bundle)) {
            throw new ExportException("There is something at " + bundle + " already. A bundle is a folder of its own: choose another one.");
        }
        TensorRtSupport machine = request.plans().isEmpty() ? null : Plans.requireGpu();
        Path model = request.model();
        ModelCard card = ModelCard.read(require(model, ModelCard.FILE));
        Path weights = require(model, Bundle.WEIGHTS);
        Map<String, Tensor> tensors = tensors(card, weights);
        SelfTest probe = SelfTest.read(require(model, PROBE), card.inputSize(), card.labels().size());
        GoldenProof golden = request.golden().isEmpty() ? null : golden(request.golden().get(), progress);
        Exported exported;
        try (WorkFolder work = WorkFolder.in(bundle.toAbsolutePath().getParent())) {
            exported = new Forms(card, tensors, probe, request, progress, work).write();
        }
        return seal(request, card, weights, probe, exported, golden, machine, progress);
    }

    private static Map<String, Tensor> tensors(ModelCard card, Path weights) throws ExportException, IOException {
        try {
            Map<String, Tensor> tensors = Safetensors.read(weights).tensors();
            EvaXGraph.requireFit(card, tensors);
            return tensors;
        } catch (IllegalArgumentException unfit) {
            throw new ExportException("The weights in " + weights + " cannot be exported: " + unfit.getMessage(), unfit);
        }
    }

    private static GoldenProof golden(Path folder, ExportProgress progress) throws ExportException, IOException {
        progress.say("The exporter against the reference's numbers");
        return new GoldenCheck(folder).run();
    }

    private static Bundle seal(ExportRequest request, ModelCard card, Path weights, SelfTest probe, Exported exported,
            GoldenProof golden, TensorRtSupport machine, ExportProgress progress) throws ExportException, IOException {
        Path bundle = request.bundle().toAbsolutePath();
        Path part = bundle.resolveSibling(bundle.getFileName() + ".part");
        Folders.delete(part);
        Files.createDirectories(part);
        try {
            List<String> files = new ArrayList<>(List.of(Bundle.CONSTANTS, Bundle.WEIGHTS, Bundle.SELF_TEST));
            Map<String, Network> networks = new LinkedHashMap<>();
            exported.networks().forEach((form, network) -> networks.put(form.file(), network));
            ConstantFile.write(part, Bundle.CONSTANTS, networks);
            files.addAll(networks.keySet());
            Files.copy(weights, part.resolve(Bundle.WEIGHTS));
            probe.first(SelfTest.INPUTS).write(part.resolve(Bundle.SELF_TEST));
            files.addAll(Folders.copyForPeople(request.model(), part));
            List<PlanFile> plans = new ArrayList<>();
            List<NetworkProof> proofs = new ArrayList<>(exported.proofs());
            for (Precision precision : request.plans()) {
                Plans.Pair pair = new Plans(part, card, probe, bundle.resolveSibling("tensorrt-timing.cache"), progress).build(machine,
                        exported.form(precision, NetworkFile.NONE), exported.form(precision, Forms.fixedMaps(card)));
                plans.addAll(List.of(pair.plain(), pair.maps()));
                files.addAll(pair.files());
                proofs.add(pair.proof());
            }
            Proof proof = new Proof(golden, proofs, exported.quantisation());
            Bundle.seal(part, files, hashes -> new BundleManifest(BundleManifest.FORMAT, card, Instant.now().toString(),
                    proof, exported.files(), plans, Bundle.SELF_TEST, hashes));
            Folders.publish(part, bundle);
        } finally {
            Folders.delete(part);
        }
        return Bundle.open(request.bundle(), Optional.empty());
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
