package io.hilum.inference.tensorrt;

import java.util.List;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/**
 * One input or output of a lane, in pinned memory of the host and in memory of the GPU, for the largest bucket. Owned by
 * its lane.
 */
final class BoundTensor implements AutoCloseable {

    private final TensorShape shape;
    private final DeviceMemory device;
    private final PinnedMemory host;

    BoundTensor(TensorShape shape, int images) {
        this.shape = shape;
        device = new DeviceMemory(images * shape.bytesAnImage());
        try {
            host = new PinnedMemory(images * shape.bytesAnImage());
        } catch (RuntimeException failed) {
            Release.after(failed, device);
            throw failed;
        }
    }

    TensorShape shape() {
        return shape;
    }

    PinnedMemory host() {
        return host;
    }

    Pointer devicePointer() {
        return device.pointer();
    }

    /** Enqueues the copy of the first {@code images} rows: of an input to the GPU, of an output to the host. */
    void copy(int images, CUstream_st stream) {
        long bytes = images * shape.bytesAnImage();
        Cuda.check(shape.input()
                ? cudart.cudaMemcpyAsync(device.pointer(), host.pointer(), bytes, cudart.cudaMemcpyHostToDevice, stream)
                : cudart.cudaMemcpyAsync(host.pointer(), device.pointer(), bytes, cudart.cudaMemcpyDeviceToHost, stream),
                "cudaMemcpyAsync of " + bytes + " bytes");
    }

    @Override
    public void close() {
        Release.all(List.of(device, host));
    }
}
