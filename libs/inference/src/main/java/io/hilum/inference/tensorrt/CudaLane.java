package io.hilum.inference.tensorrt;

import io.hilum.inference.NetworkOutputs;
import io.hilum.model.bundle.NetworkIo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/**
 * A stream with the buffers of all inputs and outputs, scratch memory, and one execution context a bucket. The contexts
 * share buffers and scratch memory: a lane computes one batch at a time.
 *
 * <p>Threading and ownership: see {@link Lane}. Everything here is owned by the lane and freed by {@link #close}.
 */
final class CudaLane implements Lane {

    private final CudaPlan plan;
    private final CUstream_st stream = new CUstream_st();
    private final Map<String, BoundTensor> tensors = new LinkedHashMap<>();
    private final Map<Integer, BucketContext> contexts = new HashMap<>();
    /** All that was made so far, so that opening can fail half way. The latest is closed first. */
    private final List<AutoCloseable> owned = new ArrayList<>();
    private NetworkOutputs outputs;

    private CudaLane(CudaPlan plan) {
        this.plan = plan;
    }

    static CudaLane open(CudaPlan plan) {
        CudaLane lane = new CudaLane(plan);
        try {
            lane.allocate();
            return lane;
        } catch (RuntimeException | Error failed) {
            Release.after(failed, lane);
            throw failed;
        }
    }

    private void allocate() {
        // Not ordered after the legacy default stream: lanes must overlap.
        Cuda.check(cudart.cudaStreamCreateWithFlags(stream, cudart.cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
        owned.add(() -> Cuda.check(cudart.cudaStreamDestroy(stream), "cudaStreamDestroy"));
        plan.allTensors().forEach((name, shape) -> tensors.put(name, own(new BoundTensor(shape, plan.buckets().largest()))));
        DeviceMemory scratch = own(new DeviceMemory(plan.scratchBytes()));
        for (int bucket : plan.buckets().sizes()) {
            contexts.put(bucket, own(BucketContext.open(plan, bucket, tensors, scratch, stream)));
        }
        outputs = plan.shape().maps() == 0
                ? NetworkOutputs.scores(floats(NetworkIo.LOGITS))
                : new NetworkOutputs(floats(NetworkIo.LOGITS), host(NetworkIo.CAM_CLASSES).asLongBuffer(),
                        floats(NetworkIo.CAM_RAW), floats(NetworkIo.CAM_MAP), floats(NetworkIo.CAM_MAXIMUM));
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.add(0, resource);
        return resource;
    }

    @Override
    public ByteBuffer pixels() {
        return host(NetworkIo.INPUT);
    }

    @Override
    public LongBuffer classes() {
        return plan.shape().maps() == 0 ? LongBuffer.allocate(0) : host(NetworkIo.CLASSES).asLongBuffer();
    }

    @Override
    public void run(int bucket) {
        plan.device().makeCurrent();
        contexts.get(bucket).run();
    }

    @Override
    public void repeat(int bucket, int times) {
        plan.device().makeCurrent();
        contexts.get(bucket).repeat(times);
    }

    @Override
    public NetworkOutputs outputs() {
        return outputs;
    }

    @Override
    public void close() {
        plan.device().makeCurrent();
        List<AutoCloseable> all = List.copyOf(owned);
        owned.clear();
        Release.all(all);
    }

    private ByteBuffer host(String tensor) {
        return tensors.get(tensor).host().buffer();
    }

    private FloatBuffer floats(String tensor) {
        return host(tensor).asFloatBuffer();
    }
}
