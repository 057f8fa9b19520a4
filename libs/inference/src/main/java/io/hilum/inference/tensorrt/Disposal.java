package io.hilum.inference.tensorrt;

import java.lang.reflect.Method;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/**
 * Deletes what TensorRT made. JavaCPP gives its pointers no deallocator, so their {@code close} does nothing, and a
 * service that exchanges bundles would fill the GPU with the weights of the old ones.
 *
 * <p>An object that Java itself constructs does carry one: native code that does {@code delete} through the class's
 * virtual destructor, which is the same for an object of TensorRT's own. It is borrowed from an empty object here. JavaCPP
 * keeps the method that attaches it to itself, so it is called by reflection; where that fails, the memory stays taken
 * until the process ends, which is logged.
 */
final class Disposal {

    private static final System.Logger LOG = System.getLogger(Disposal.class.getName());

    private Disposal() {}

    /** Deletes a context; afterwards it must not be touched. Before its engine. */
    static void delete(IExecutionContext context) {
        try (EmptyContext empty = new EmptyContext()) {
            delete(context, empty.deleter());
        }
    }

    /** Deletes an engine; afterwards it must not be touched. After all its contexts. */
    static void delete(ICudaEngine engine) {
        try (EmptyEngine empty = new EmptyEngine()) {
            delete(engine, empty.deleter());
        }
    }

    private static void delete(Pointer object, long deleter) {
        try {
            Method init = Pointer.class.getDeclaredMethod("init", long.class, long.class, long.class, long.class);
            init.setAccessible(true);
            init.invoke(object, object.address(), 1L, object.address(), deleter);
        } catch (ReflectiveOperationException | RuntimeException changed) {
            LOG.log(System.Logger.Level.WARNING, "This version of JavaCPP does not let TensorRT's objects be deleted; the "
                    + "GPU's memory that they hold is free again when the process ends.", changed);
            return;
        }
        object.deallocate();
    }

    /** Exposes the address of its deallocator. */
    private static final class EmptyContext extends IExecutionContext {

        long deleter() {
            return ((NativeDeallocator) deallocator()).deallocatorAddress();
        }
    }

    /** Exposes the address of its deallocator. */
    private static final class EmptyEngine extends ICudaEngine {

        long deleter() {
            return ((NativeDeallocator) deallocator()).deallocatorAddress();
        }
    }
}
