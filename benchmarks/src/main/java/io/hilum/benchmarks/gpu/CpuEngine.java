package io.hilum.benchmarks.gpu;

import io.hilum.exporter.onnx.ConstantFile;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Networks of given weights in ONNX Runtime on this machine's processor: makes the reference, and rehearses the check. */
final class CpuEngine {
    private CpuEngine() {}

    static InferenceEngine open(ModelCard card, Map<String, Tensor> weights) throws IOException {
        NetworkForm scores = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.NONE);
        NetworkForm maps = new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.ANY);
        // The constants once in a file, and not in both graphs: of B they are 344 MB.
        Path folder = Files.createTempDirectory("hilum-networks-");
        try {
            Map<String, Network> networks = new LinkedHashMap<>();
            for (NetworkForm form : new NetworkForm[] {scores, maps}) {
                networks.put(form.file(), EvaXGraph.of(card, weights, form));
            }
            ConstantFile.write(folder, Bundle.CONSTANTS, networks);
            return EngineFactory.openUnproven(new RuntimeNetworks(Files.readAllBytes(folder.resolve(scores.file())),
                Files.readAllBytes(folder.resolve(maps.file())), Precision.FP32, Optional.of(folder)), card, EngineOptions.defaults());
        } catch (BundleRefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        } finally {
            Folders.delete(folder);
        }
    }
}
