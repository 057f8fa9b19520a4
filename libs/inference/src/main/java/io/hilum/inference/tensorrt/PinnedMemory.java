package io.hilum.inference.tensorrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory of the host that the GPU copies from and to by itself. Owned by who made it; its {@link #buffer} dangles after
 * {@link #close}.
 */
final class PinnedMemory implements AutoCloseable {

    private final BytePointer pointer = new BytePointer();
    private final ByteBuffer buffer;

    PinnedMemory(long bytes) {
        int size = Math.toIntExact(Math.max(1, bytes));
        Cuda.check(cudart.cudaHostAlloc(pointer, size, cudart.cudaHostAllocDefault), "cudaHostAlloc of " + size + " bytes");
        buffer = pointer.capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    Pointer pointer() {
        return pointer;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public void close() {
        Cuda.check(cudart.cudaFreeHost(pointer), "cudaFreeHost");
    }
}
