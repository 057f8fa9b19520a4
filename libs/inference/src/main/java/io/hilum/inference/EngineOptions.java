package io.hilum.inference;

import io.hilum.model.bundle.Precision;
import java.util.Objects;
import java.util.Optional;

/**
 * How an engine uses its machine.
 *
 * @param intraOpThreads threads of one batch's computation on a CPU. Too many: they fight with the batcher's other
 *     workers and with everything else on the machine, and latency rises; too few: cores stay idle
 * @param device where to compute. {@link Device#GPU} on a machine without one refuses every bundle, instead of quietly
 *     scoring a hundred times slower
 * @param precision only this one; empty: the fastest that the bundle proves. A precision that the bundle has not, or that
 *     fails its self-test here, then refuses the bundle instead of falling back to fp32
 */
public record EngineOptions(int intraOpThreads, Device device, Optional<Precision> precision) {

    /** Where to compute. */
    public enum Device {
        /** A GPU where there is one with a plan that fits it, otherwise the CPU. */
        AUTO,
        CPU,
        GPU
    }

    public EngineOptions {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads is " + intraOpThreads + "; an engine needs at least 1.");
        }
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
    }

    /** The fastest there is, with that many threads where it is a CPU. */
    public EngineOptions(int intraOpThreads) {
        this(intraOpThreads, Device.AUTO, Optional.empty());
    }

    /** All cores for one batch at a time. */
    public static EngineOptions defaults() {
        return new EngineOptions(Runtime.getRuntime().availableProcessors());
    }

    /** The same with one precision only. */
    public EngineOptions only(Precision wanted) {
        return new EngineOptions(intraOpThreads, device, Optional.of(wanted));
    }
}
