package io.hilum.inference.tensorrt;

import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.OutputReader;
import io.hilum.model.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One plan with its lanes: requests of any number in, results out. Splits what is larger than the largest bucket and
 * pads up to a bucket with blank images.
 *
 * <p>Threading: shared by all threads that infer; a batch stays on its caller's thread, which holds a lane from the
 * copying of its images until its results are read.
 */
final class PlanRunner implements AutoCloseable {

    private final ModelCard card;
    private final EngineIdentity identity;
    private final Plan plan;
    private final PlanShape shape;
    private final Buckets buckets;
    private final LanePool lanes;

    private PlanRunner(ModelCard card, EngineIdentity identity, Plan plan, PlanShape shape, Buckets buckets, int lanes) {
        this.card = card;
        this.identity = identity;
        this.plan = plan;
        this.shape = shape;
        this.buckets = buckets;
        this.lanes = new LanePool(lanes, this::openWarm);
    }

    /**
     * Takes over a plan and opens all its lanes, each of which computes every bucket once.
     *
     * @param plan closed with this runner, also when opening fails
     */
    static PlanRunner open(ModelCard card, EngineIdentity identity, Plan plan, PlanShape shape, Buckets buckets, int lanes) {
        PlanRunner runner = new PlanRunner(card, identity, plan, shape, buckets, lanes);
        try {
            runner.lanes.fill();
            return runner;
        } catch (RuntimeException | Error failed) {
            Release.after(failed, runner);
            throw failed;
        }
    }

    /** Heat maps an image that one pass draws. */
    int maps() {
        return shape.maps();
    }

    /**
     * @param requests of the model's size, each with at most {@link #maps} labels to explain
     * @return one result a request, in the same order
     */
    List<InferenceResult> run(List<InferenceRequest> requests) {
        List<InferenceResult> results = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += buckets.largest()) {
            results.addAll(runBatch(requests.subList(from, Math.min(requests.size(), from + buckets.largest()))));
        }
        return results;
    }

    private List<InferenceResult> runBatch(List<InferenceRequest> batch) {
        Lane lane = lanes.lease();
        long started = System.nanoTime();
        try {
            int bucket = buckets.holding(batch.size());
            fill(lane, batch, bucket);
            lane.run(bucket);
        } catch (RuntimeException | Error failed) {
            lanes.discard(lane, failed);
            throw failed;
        }
        long computed = System.nanoTime();
        try {
            return new OutputReader(card, identity, shape.maps(), lane.outputs()).results(batch, started, computed);
        } finally {
            // A score that is no number is the image's or the model's fault: the lane is as good as before.
            lanes.giveBack(lane);
        }
    }

    private void fill(Lane lane, List<InferenceRequest> batch, int bucket) {
        ByteBuffer pixels = lane.pixels();
        byte[] blank = new byte[shape.pixels()];
        for (int row = 0; row < bucket; row++) {
            pixels.put(row * shape.pixels(), row < batch.size() ? batch.get(row).input() : blank);
        }
        LongBuffer classes = lane.classes();
        for (int row = 0; row < bucket; row++) {
            int[] wanted = row < batch.size() ? batch.get(row).mapLabels() : new int[0];
            for (int k = 0; k < shape.maps(); k++) {
                classes.put(row * shape.maps() + k, k < wanted.length ? wanted[k] : InferenceRequest.MOST_RELEVANT);
            }
        }
    }

    /** A lane that has computed every bucket once, so that nobody's image pays for it. */
    private Lane openWarm() {
        Lane lane = plan.openLane();
        try {
            for (int bucket : buckets.sizes()) {
                fill(lane, List.of(), bucket);
                lane.run(bucket);
            }
            return lane;
        } catch (RuntimeException | Error failed) {
            Release.after(failed, lane);
            throw failed;
        }
    }

    @Override
    public void close() {
        Release.all(List.of(lanes, plan));
    }
}
