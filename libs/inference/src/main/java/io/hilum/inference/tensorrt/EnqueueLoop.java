package io.hilum.inference.tensorrt;

import io.hilum.model.bundle.PlanFile;
import io.hilum.model.card.ModelCard;
import java.nio.file.Path;
import java.util.List;

/**
 * One batch after another on the GPU with nothing around it: no copies, no requests, no results. What an engine reaches
 * of this is what its own work leaves over.
 *
 * <p>Threading: no state; the plan is loaded for the call and given back, beside an engine that may have it open, too.
 */
public final class EnqueueLoop {

    /** Between two waits: enough that waiting costs nothing, few enough to end in time. */
    private static final int IN_A_ROW = 10;

    private EnqueueLoop() {}

    /**
     * Only where {@link TensorRtSupport} has found the GPU.
     *
     * @param folder where the plan lies
     * @param batch images, at most the plan's largest batch
     * @return images a second
     * @throws io.hilum.inference.InferenceException when the GPU fails
     */
    public static double imagesPerSecond(ModelCard card, Path folder, PlanFile plan, int batch, double seconds, TensorRtOptions options) {
        return imagesPerSecond(CudaDevice.open(options), card, folder, plan, batch, seconds);
    }

    static double imagesPerSecond(Device device, ModelCard card, Path folder, PlanFile file, int batch, double seconds) {
        try (Plan plan = device.load(folder.resolve(file.file()), PlanShape.of(card, file.maps()), new Buckets(List.of(batch)));
                Lane lane = plan.openLane()) {
            lane.run(batch);
            lane.repeat(batch, IN_A_ROW);
            long calls = 0;
            long started = System.nanoTime();
            do {
                lane.repeat(batch, IN_A_ROW);
                calls += IN_A_ROW;
            } while ((System.nanoTime() - started) / 1e9 < seconds);
            return calls * batch / ((System.nanoTime() - started) / 1e9);
        }
    }
}
