package io.hilum.trainer.net;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.util.cuda.CudaUtils;
import java.util.Locale;

/** Where libtorch computes. */
public enum Device {
    CPU, GPU;

    /** {@code cpu} or {@code gpu}; anything else is refused with a sentence. */
    public static Device of(String name) {
        for (Device device : values()) {
            if (device.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return device;
            }
        }
        throw new IllegalArgumentException("There is no device '%s'; there are cpu and gpu.".formatted(name));
    }

    /** The device as DJL names it, once libtorch has started. Fails with a sentence when there is none. */
    ai.djl.Device djl() {
        if (this == CPU) {
            return ai.djl.Device.cpu();
        }
        Engine engine = Engine.getEngine("PyTorch");
        boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
        int gpus = CudaUtils.getGpuCount();
        if (!cuda || gpus < 1) {
            throw new IllegalArgumentException(("--device gpu: this libtorch (%s, %s) sees %d CUDA devices. Use --device cpu, or start with"
                + " HILUM_GPU=1 on a machine with a CUDA device (trainer/README.md, 'On a GPU').")
                .formatted(engine.getVersion(), cuda ? "with CUDA" : "built for CPUs", gpus));
        }
        return ai.djl.Device.gpu();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
