package io.hilum.exporter;

import io.hilum.model.bundle.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to export, and what else to prove.
 *
 * @param model folder with {@code card.json}, {@code weights.safetensors} and {@code probe.safetensors}; a
 *     {@code card.md} and pictures travel along
 * @param bundle folder to write, must not exist or be empty
 * @param golden the reference's numbers; empty: nothing is said about them in the bundle
 * @param int8 films to make and judge an int8 form with; empty: no int8
 * @param gpu whether the forms for TensorRT are written and proven too
 * @param plans precisions to build TensorRT plans in, on this machine's GPU; wants {@code gpu}
 * @param attention whether the networks with heat maps also give the last block's attention
 */
public record ExportRequest(Path model, Path bundle, Optional<Path> golden, Optional<Int8Films> int8, boolean gpu,
        List<Precision> plans, boolean attention) {

    /**
     * Two sets as {@code ./hilum train films} and {@code train phantoms} write them.
     *
     * @param training some of the films that the weights were taught: they set the scales
     * @param heldOut at least 1,000 other films: they judge
     */
    public record Int8Films(Path training, Path heldOut) {}

    public ExportRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(golden, "golden");
        Objects.requireNonNull(int8, "int8");
        plans = List.copyOf(plans);
        if (plans.contains(Precision.INT8)) {
            throw new IllegalArgumentException("There are no TensorRT plans in int8; choose fp32, fp16 or bf16.");
        }
        if (!plans.isEmpty() && !gpu) {
            throw new IllegalArgumentException("Plans are built of the forms for TensorRT, which are not wanted.");
        }
    }

    /** For CPUs, in fp32, against the trainer's probe: the least that serves. */
    public ExportRequest(Path model, Path bundle) {
        this(model, bundle, Optional.empty(), Optional.empty(), false, List.of(), false);
    }
}
