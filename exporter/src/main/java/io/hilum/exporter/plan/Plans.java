package io.hilum.exporter.plan;

import io.hilum.exporter.ExportException;
import io.hilum.exporter.ExportProgress;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.proof.NetworkCheck;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.SelfTestRun;
import io.hilum.inference.tensorrt.LayerReport;
import io.hilum.inference.tensorrt.PlanBuild;
import io.hilum.inference.tensorrt.PlanBuildException;
import io.hilum.inference.tensorrt.PlanBuildOptions;
import io.hilum.inference.tensorrt.PlanChoice;
import io.hilum.inference.tensorrt.PlanRequest;
import io.hilum.inference.tensorrt.TensorRtEngine;
import io.hilum.inference.tensorrt.TensorRtOptions;
import io.hilum.inference.tensorrt.TensorRtSupport;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Builds TensorRT plans of exported graphs for the GPU of this machine and holds them against the trainer.
 *
 * @param folder with the graphs and their constants; gets the plans
 * @param timingCache kept for the next export, which then takes a fraction
 */
public record Plans(Path folder, ModelCard card, SelfTest probe, Path timingCache, ExportProgress progress) {

    private static final int USUAL_BATCH = 32;
    private static final int MAX_BATCH = 128;
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final long WORKSPACE = 4L << 30;
    private static final int EFFORT = 4;

    /**
     * Two plans of one precision.
     *
     * @param files of them and of what TensorRT says of their layers
     */
    public record Pair(PlanFile plain, PlanFile maps, List<String> files, NetworkProof proof) {}

    /** @throws ExportException in one sentence, when plans cannot be built on this machine */
    public static TensorRtSupport requireGpu() throws ExportException {
        TensorRtSupport machine = TensorRtSupport.detect(TensorRtOptions.defaults().device());
        if (!machine.available()) {
            throw new ExportException("Plans are built on the kind of GPU that will serve, and this machine has none. "
                    + machine.reason() + " Without --plans the bundle serves on CPUs, and its graphs can be built elsewhere.");
        }
        return machine;
    }

    /**
     * @param plain the form without maps
     * @param maps the form with a fixed number of them
     */
    public Pair build(TensorRtSupport machine, NetworkForm plain, NetworkForm maps) throws ExportException, IOException {
        PlanFile plainPlan = build(plain, Architecture.BLOCKS);
        PlanFile mapsPlan = build(maps, Architecture.BLOCKS - 1);
        PlanChoice choice = PlanChoice.of(List.of(plainPlan, mapsPlan), machine, Optional.of(plain.precision()));
        if (!choice.fits()) {
            throw new ExportException("The plans that were just built do not fit this machine: " + choice.reason());
        }
        List<String> files = List.of(plainPlan.file(), mapsPlan.file(), layers(plainPlan), layers(mapsPlan));
        return new Pair(plainPlan, mapsPlan, files, prove(machine, choice, plain.precision()));
    }

    private PlanFile build(NetworkForm form, int fusible) throws ExportException, IOException {
        PlanBuildOptions options = new PlanBuildOptions(
                TensorRtOptions.defaults().device(), TIMEOUT, WORKSPACE, EFFORT, Optional.of(timingCache));
        try {
            PlanFile plan = new PlanBuild(options, progress::say).build(
                    new PlanRequest(folder.resolve(form.file()), form.precision(), form.maps(), USUAL_BATCH, MAX_BATCH), folder);
            LayerReport report = LayerReport.read(folder.resolve(layers(plan)));
            progress.say(plan.file() + ": " + report + (report.fusesAttention(fusible) ? ""
                    : "; NOT all attention is fused, which costs about half of the speed"));
            return plan;
        } catch (PlanBuildException failed) {
            throw new ExportException(failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExportException("The export was interrupted while a plan was built; nothing was written.", stopped);
        }
    }

    private NetworkProof prove(TensorRtSupport machine, PlanChoice choice, Precision precision) throws ExportException {
        try (InferenceEngine engine = TensorRtEngine.open(card, "", folder, choice, machine, TensorRtOptions.defaults())) {
            Closeness closeness = SelfTestRun.of(engine, probe);
            if (!closeness.within(precision)) {
                throw new ExportException("TensorRT does not compute what the trainer computed, in " + precision.id() + ": "
                        + closeness.describe(precision) + ". No bundle was written.");
            }
            double batch = NetworkCheck.amongOthers(engine, probe, Target.TENSORRT, precision);
            return new NetworkProof(Target.TENSORRT, precision, engine.identity().engine(), probe.inputs().length, closeness, batch);
        } catch (BundleRefusedException | InferenceException failed) {
            throw new ExportException("The plans that were just built do not run: " + failed.getMessage(), failed);
        }
    }

    private static String layers(PlanFile plan) {
        return plan.file().replaceAll("\\.plan$", ".layers.json");
    }
}
