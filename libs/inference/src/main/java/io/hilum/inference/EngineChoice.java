package io.hilum.inference;

import io.hilum.inference.EngineOptions.Device;
import io.hilum.inference.tensorrt.PlanChoice;
import io.hilum.inference.tensorrt.TensorRtEngine;
import io.hilum.inference.tensorrt.TensorRtOptions;
import io.hilum.inference.tensorrt.TensorRtSupport;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.NetworkProof;
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
        if (options.device() != Device.CPU) {
            try {
                return onGpu(test);
            } catch (BundleRefusedException refused) {
                if (options.device() == Device.GPU) {
                    throw refused;
                }
                remarks.add(refused.getMessage());
            }
        }
        List<String> failures = new ArrayList<>();
        for (Precision precision : ON_CPU) {
            boolean wanted = options.precision().map(only -> only == precision).orElse(true);
            Optional<NetworkFile> maps = manifest.network(Target.ONNX_RUNTIME, precision, NetworkFile.ANY);
            Optional<NetworkFile> scores = manifest.network(Target.ONNX_RUNTIME, precision, NetworkFile.NONE);
            if (!wanted || maps.isEmpty() || scores.isEmpty()) {
                continue;
            }
            try {
                return onCpu(scores.get(), maps.get(), test);
            } catch (BundleRefusedException refused) {
                failures.add(refused.getMessage());
                remarks.add(refused.getMessage());
            }
        }
        throw new BundleRefusedException(failures.isEmpty()
                ? "The bundle at " + bundle.folder() + " has no network for this machine"
                        + options.precision().map(only -> " in " + only.id()).orElse("") + "."
                : String.join(" ", failures));
    }

    /** Why what was tried before the chosen one does not serve here. */
    List<String> remarks() {
        return remarks;
    }

    private InferenceEngine onGpu(SelfTest test) throws BundleRefusedException {
        TensorRtOptions gpu = TensorRtOptions.defaults();
        TensorRtSupport machine = TensorRtSupport.detect(gpu.device());
        PlanChoice plans = PlanChoice.of(manifest.plans(), machine, options.precision());
        if (!plans.fits()) {
            throw new BundleRefusedException(plans.reason());
        }
        return prove(TensorRtEngine.open(manifest.card(), bundle.sha256(), bundle.folder(), plans, machine, gpu),
                Target.TENSORRT, plans.plain().precision(), test);
    }

    private InferenceEngine onCpu(NetworkFile scores, NetworkFile maps, SelfTest test) throws IOException, BundleRefusedException {
        RuntimeNetworks networks = new RuntimeNetworks(bundle.read(scores.file()), bundle.read(maps.file()), maps.precision(),
                Optional.of(bundle.folder()));
        try {
            return prove(OnnxRuntimeEngine.open(networks, manifest.card(), bundle.sha256(), options), Target.ONNX_RUNTIME,
                    maps.precision(), test);
        } catch (LinkageError missing) {
            throw new BundleRefusedException("ONNX Runtime's native library does not load on this machine, so no bundle "
                    + "can serve here: " + missing.getMessage(), missing);
        }
    }

    private InferenceEngine prove(InferenceEngine engine, Target target, Precision precision, SelfTest test) throws BundleRefusedException {
        try {
            Closeness closeness = SelfTestRun.of(engine, test);
            Optional<Closeness> proven = manifest.proof().of(target, precision).map(NetworkProof::closeness);
            if (closeness.within(precision) && (precision == Precision.FP32 || proven.filter(closeness::likeProven).isPresent())) {
                return engine;
            }
            engine.close();
            throw new BundleRefusedException("The bundle at " + bundle.folder() + " fails its self-test on this machine in "
                    + precision.id() + ": " + closeness.describe(precision) + proven.map(there ->
                            "; where it was proven logits differed by %.2g, here by %.2g.".formatted(there.logits(), closeness.logits()))
                            .orElse("; nothing was proven of it."));
        } catch (RuntimeException | Error failed) {
            engine.close();
            throw new BundleRefusedException("The bundle at " + bundle.folder() + " cannot run its self-test on this machine: "
                    + (failed instanceof InferenceException ? failed.getMessage() : failed + "."), failed);
        }
    }
}
