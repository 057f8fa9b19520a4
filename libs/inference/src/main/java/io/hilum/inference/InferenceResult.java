package io.hilum.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a model says about one image.
 *
 * @param logits one a label, in the bundle's order
 * @param probabilities calibrated, 0..1, one a label
 * @param heatMaps in the order of the request's {@code mapLabels}, fewer when the bundle has fewer labels; then those of a
 *     second pass
 * @param times where the time went
 * @param engine who computed it: the engine that the whole batch ran on
 */
public record InferenceResult(
        float[] logits, double[] probabilities, List<HeatMap> heatMaps, StageTimes times, EngineIdentity engine) {

    public InferenceResult {
        Objects.requireNonNull(logits, "logits");
        Objects.requireNonNull(probabilities, "probabilities");
        heatMaps = List.copyOf(heatMaps);
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(engine, "engine");
    }

    /** The same result with the heat maps of a second pass, and its time. */
    InferenceResult with(InferenceResult second) {
        List<HeatMap> all = new ArrayList<>(heatMaps);
        all.addAll(second.heatMaps);
        return new InferenceResult(logits, probabilities, all, times.andThen(second.times), engine);
    }

    /** The same result with the time it waited for its batch. */
    public InferenceResult queued(long queueNanos) {
        return new InferenceResult(logits, probabilities, heatMaps, times.queued(queueNanos), engine);
    }
}
