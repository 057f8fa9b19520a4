package io.hilum.inference.tensorrt;

import java.nio.file.Path;
import org.bytedeco.cuda.global.cudart;

/** A GPU through JavaCPP. Threading: immutable; which GPU a call goes to is a property of the thread in CUDA. */
final class CudaDevice implements Device {

    private final int number;
    private final boolean graphs;
    private final TensorRtRuntime runtime;

    private CudaDevice(int number, boolean graphs) {
        this.number = number;
        this.graphs = graphs;
        makeCurrent();
        runtime = TensorRtRuntime.get();
    }

    /** Only where {@link TensorRtSupport} has found this GPU. */
    static CudaDevice open(TensorRtOptions options) {
        return new CudaDevice(options.device(), options.cudaGraphs());
    }

    /** Lets the calls of this thread go to this GPU. Cheap; before every other call of CUDA on a thread that may be new. */
    void makeCurrent() {
        Cuda.check(cudart.cudaSetDevice(number), "cudaSetDevice(" + number + ")");
    }

    boolean graphs() {
        return graphs;
    }

    NativeLog log() {
        return runtime.log();
    }

    @Override
    public Plan load(Path file, PlanShape shape, Buckets buckets) {
        makeCurrent();
        return CudaPlan.of(this, runtime.deserialise(file), file.getFileName().toString(), shape, buckets);
    }
}
