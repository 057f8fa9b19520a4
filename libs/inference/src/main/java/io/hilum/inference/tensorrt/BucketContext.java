package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import io.hilum.model.bundle.NetworkIo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/**
 * A batch of one size on a lane: copy in, compute, copy out. Recorded as a CUDA graph at the first run where the options
 * say so; a graph fixes shapes and addresses, hence one context for each size.
 *
 * <p>Threading: used by the thread that has leased the lane. Ownership: owns context and graph; borrows buffers, scratch
 * memory and stream of the lane.
 */
final class BucketContext implements AutoCloseable {

    /** What is copied out; other outputs of the plan stay where they are. */
    private static final List<String> READ = List.of(
            NetworkIo.LOGITS, NetworkIo.CAM_CLASSES, NetworkIo.CAM_RAW, NetworkIo.CAM_MAP, NetworkIo.CAM_MAXIMUM);

    private final CudaPlan plan;
    private final int bucket;
    private final CUstream_st stream;
    private final IExecutionContext context;
    private final List<BoundTensor> inputs;
    private final List<BoundTensor> outputs;
    private RecordedBatch recorded;
    private RecordedBatch recordedAlone;

    private BucketContext(CudaPlan plan, int bucket, Map<String, BoundTensor> tensors, CUstream_st stream) {
        this.plan = plan;
        this.bucket = bucket;
        this.stream = stream;
        this.inputs = tensors.values().stream().filter(tensor -> tensor.shape().input()).toList();
        this.outputs = READ.stream().map(tensors::get).flatMap(Stream::ofNullable).toList();
        this.context = plan.newContext();
    }

    static BucketContext open(CudaPlan plan, int bucket, Map<String, BoundTensor> tensors, DeviceMemory scratch,
            CUstream_st stream) {
        BucketContext opened = new BucketContext(plan, bucket, tensors, stream);
        try {
            opened.bind(tensors, scratch);
            return opened;
        } catch (RuntimeException | Error failed) {
            Release.after(failed, opened);
            throw failed;
        }
    }

    private void bind(Map<String, BoundTensor> tensors, DeviceMemory scratch) {
        // Only the first context of an engine has its profile from the start.
        if (context.getOptimizationProfile() != 0) {
            require(context.setOptimizationProfileAsync(0, stream), "its only optimisation profile");
            synchronise();
        }
        tensors.forEach((name, tensor) -> {
            require(context.setTensorAddress(name, tensor.devicePointer()), "the address of '" + name + "'");
            if (tensor.shape().input()) {
                try (Dims64 shape = dimensions(tensor.shape())) {
                    require(context.setInputShape(name, shape), "the shape of '" + name + "'");
                }
            }
        });
        long needed = context.updateDeviceMemorySizeForShapes();
        if (needed > scratch.bytes()) {
            throw new InferenceException("The plan " + plan.name() + " needs " + needed + " bytes of scratch memory for "
                    + bucket + " images and announced " + scratch.bytes() + ".");
        }
        context.setDeviceMemoryV2(scratch.pointer(), scratch.bytes());
    }

    /** Computes what lies in the host's input buffers; the results lie in its output buffers on return. */
    void run() {
        if (recorded != null) {
            recorded.launch(stream);
            synchronise();
            return;
        }
        enqueue();
        synchronise();
        // Only now: the first run may allocate, which cannot be recorded.
        if (plan.device().graphs()) {
            recorded = RecordedBatch.record(stream, this::enqueue);
        }
    }

    /** Computes what lies in the GPU's input buffers, {@code times} in a row. */
    void repeat(int times) {
        if (recordedAlone == null && plan.device().graphs()) {
            compute();
            synchronise();
            recordedAlone = RecordedBatch.record(stream, this::compute);
        }
        for (int i = 0; i < times; i++) {
            if (recordedAlone == null) {
                compute();
            } else {
                recordedAlone.launch(stream);
            }
        }
        synchronise();
    }

    private void enqueue() {
        inputs.forEach(tensor -> tensor.copy(bucket, stream));
        compute();
        outputs.forEach(tensor -> tensor.copy(bucket, stream));
    }

    private void compute() {
        if (!context.enqueueV3(stream)) {
            throw new InferenceException("TensorRT does not compute " + bucket + " images with " + plan.name() + ": "
                    + plan.device().log().complaints() + ".");
        }
    }

    private void synchronise() {
        Cuda.check(cudart.cudaStreamSynchronize(stream), "a batch of " + bucket + " with " + plan.name());
    }

    @Override
    public void close() {
        try {
            Release.all(Stream.of(recorded, recordedAlone).filter(Objects::nonNull).toList());
        } finally {
            Disposal.delete(context);
        }
    }

    private Dims64 dimensions(TensorShape shape) {
        Dims64 dimensions = new Dims64();
        dimensions.nbDims(1 + shape.dimensions().size());
        dimensions.d(0, bucket);
        for (int i = 0; i < shape.dimensions().size(); i++) {
            dimensions.d(i + 1, shape.dimensions().get(i));
        }
        return dimensions;
    }

    private void require(boolean accepted, String what) {
        if (!accepted) {
            throw new InferenceException("TensorRT does not accept " + what + " for " + bucket + " images with "
                    + plan.name() + ": " + plan.device().log().complaints() + ".");
        }
    }
}
