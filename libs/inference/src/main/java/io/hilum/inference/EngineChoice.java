package io.hilum.inference;

import io.hilum.inference.EngineOptions.Device;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries a bundle's forms on this machine, fastest first, until one proves itself. Each that does not leaves a sentence; the
 * last one's failure refuses the bundle.
 *
 * <p>Threading: used once, by one thread.
 */
final class EngineChoice {

    /** What ONNX Runtime can run, fastest first. */
    private static final List<Precision> ON_CPU = List.of(Precision.INT8, Precision.FP32);

    private final Bundle bundle;
    private final BundleManifest manifest;
    private final EngineOptions options;
    private final List<String> remarks = new ArrayList<>();

    /** @param bundle verified */
    EngineChoice(Bundle bundle, EngineOptions options) {
        this.bundle = bundle;
        this.manifest = bundle.manifest();
        this.options = options;
    }

    InferenceEngine first() throws IOException, BundleRefusedException {
        SelfTest test = bundle.selfTest();
        if (options.device() == Device.GPU) {
            throw new BundleRefusedException("The bundle at " + bundle.folder() + " has no plan for a GPU, and nothing else was asked for.");
        }
        for (Precision precision : ON_CPU) {
            boolean wanted = options.precision().map(only -> only == precision).orElse(true);
            Optional<NetworkFile> maps = manifest.network(Target.ONNX_RUNTIME, precision, NetworkFile.ANY);
            Optional<NetworkFile> scores = manifest.network(Target.ONNX_RUNTIME, precision, NetworkFile.NONE);
            if (!wanted || maps.isEmpty() || scores.isEmpty()) {
                continue;
            }
            try {
                return new Chosen(onCpu(scores.get(), maps.get(), test), remarks);
            } catch (BundleRefusedException refused) {
                remarks.add(refused.getMessage());
            }
        }
        throw new BundleRefusedException(remarks.isEmpty()
                ? "The bundle at " + bundle.folder() + " has no network for this machine"
                        + options.precision().map(only -> " in " + only.id()).orElse("") + "."
                : String.join(" ", remarks));
    }

    private InferenceEngine onCpu(NetworkFile scores, NetworkFile maps, SelfTest test) throws IOException, BundleRefusedException {
        RuntimeNetworks networks = new RuntimeNetworks(bundle.read(scores.file()), bundle.read(maps.file()), maps.precision(),
                Optional.of(bundle.folder()));
        try {
            return prove(OnnxRuntimeEngine.open(networks, manifest.card(), bundle.sha256(), options), maps.precision(), test);
        } catch (LinkageError missing) {
            throw new BundleRefusedException("ONNX Runtime's native library does not load on this machine, so no bundle "
                    + "can serve here: " + missing.getMessage(), missing);
        }
    }

    private InferenceEngine prove(InferenceEngine engine, Precision precision, SelfTest test) throws BundleRefusedException {
        try {
            Closeness closeness = SelfTestRun.of(engine, test);
            if (closeness.within(precision)) {
                return engine;
            }
            engine.close();
            throw new BundleRefusedException("The bundle at " + bundle.folder() + " fails its self-test on this machine in "
                    + precision.id() + ": " + closeness.describe(precision) + ".");
        } catch (InferenceException failed) {
            engine.close();
            throw new BundleRefusedException("The bundle at " + bundle.folder() + " cannot run its self-test on this machine: "
                    + failed.getMessage(), failed);
        }
    }
}
