package io.hilum.benchmarks.gpu;

import io.hilum.model.bundle.Precision;
import java.util.List;
import java.util.Objects;

/**
 * One thing to measure: always accuracy, and the speed at some batch sizes.
 *
 * @param maps heat maps an image; 0: scores only
 * @param batches images a call, the most important first; empty: accuracy only
 */
record Job(Who who, GpuModel model, Precision precision, int maps, List<Integer> batches) {
    Job {
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(precision, "precision");
        batches = List.copyOf(batches);
    }

    @Override
    public String toString() {
        return "%s %s%s by %s".formatted(model.architecture().id(), precision.id(), maps == 0 ? "" : " with %d maps".formatted(maps),
            who == Who.HILUM ? "Hilum" : "PyTorch");
    }
}
