package io.hilum.exporter.onnx;

import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import java.util.Objects;

/**
 * In which form a network is written.
 *
 * @param maps heat maps an image: {@link NetworkFile#NONE}, {@link NetworkFile#ANY} (an input's length tells), or fixed, as
 *     TensorRT needs it
 * @param attention whether the last block's attention is an output too
 * @param emulated narrow types rounded to, but computed in fp32; to see on a CPU what they cost in accuracy
 */
public record NetworkForm(Target target, Precision precision, int maps, boolean attention, boolean emulated) {

    public NetworkForm {
        Objects.requireNonNull(target, "target");
        if (maps < NetworkFile.ANY) {
            throw new IllegalArgumentException("A network cannot draw " + maps + " maps.");
        }
        boolean half = precision == Precision.FP16 || precision == Precision.BF16;
        if (precision == Precision.INT8 && target != Target.ONNX_RUNTIME || half && target != Target.TENSORRT) {
            throw new IllegalArgumentException("A network in " + precision.id() + " for " + target.id()
                    + " is not offered: int8 is for ONNX Runtime, fp16 and bf16 are for TensorRT.");
        }
        if (attention && maps == NetworkFile.NONE) {
            throw new IllegalArgumentException("Attention comes with heat maps; this form has none.");
        }
    }

    public NetworkForm(Target target, Precision precision, int maps) {
        this(target, precision, maps, false, false);
    }

    /** The name of the file that it is written to. */
    public String file() {
        return target.id() + "-" + precision.id() + (maps == NetworkFile.NONE ? "" : maps == NetworkFile.ANY ? "-maps" : "-" + maps + "-maps")
                + ".onnx";
    }

    /** As this, rounding to its narrow type and computing in fp32. */
    public NetworkForm asEmulated() {
        return new NetworkForm(target, precision, maps, attention, true);
    }
}
