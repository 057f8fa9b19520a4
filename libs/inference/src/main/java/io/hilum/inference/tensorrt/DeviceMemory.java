package io.hilum.inference.tensorrt;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Memory of the GPU. Owned by who made it. */
final class DeviceMemory implements AutoCloseable {

    private final BytePointer pointer = new BytePointer();
    private final long bytes;

    /** Of the current thread's GPU; at least one byte, so that the address is never null. */
    DeviceMemory(long bytes) {
        this.bytes = Math.max(1, bytes);
        Cuda.check(cudart.cudaMalloc(pointer, this.bytes), "cudaMalloc of " + this.bytes + " bytes");
    }

    Pointer pointer() {
        return pointer;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Cuda.check(cudart.cudaFree(pointer), "cudaFree");
    }
}
