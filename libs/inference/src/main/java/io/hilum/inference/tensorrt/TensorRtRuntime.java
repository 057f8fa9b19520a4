package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/**
 * TensorRT's runtime and its log, one a process, kept until the process ends: engines and contexts refer to both.
 *
 * <p>Threading: {@link #deserialise} takes turns.
 */
final class TensorRtRuntime {

    private static final System.Logger LOG = System.getLogger(TensorRtRuntime.class.getName());
    private static TensorRtRuntime instance;

    private final NativeLog log = new NativeLog(false, line -> LOG.log(System.Logger.Level.WARNING, line));
    private final IRuntime runtime;

    private TensorRtRuntime() {
        runtime = nvinfer.createInferRuntime(log);
        if (runtime == null || runtime.isNull()) {
            throw new InferenceException("TensorRT makes no runtime: " + log.complaints() + ".");
        }
    }

    /** Only after {@link TensorRtSupport} has found a GPU: without one TensorRT returns garbage here. */
    static synchronized TensorRtRuntime get() {
        if (instance == null) {
            instance = new TensorRtRuntime();
        }
        return instance;
    }

    /**
     * @param plan a plan of this TensorRT version and the current thread's GPU
     * @return the caller's, to be deleted with {@link Disposal}
     */
    synchronized ICudaEngine deserialise(Path plan) {
        try (FileChannel file = FileChannel.open(plan); BytePointer bytes = new BytePointer(file.size())) {
            ByteBuffer target = bytes.asByteBuffer();
            while (target.hasRemaining()) {
                if (file.read(target) < 0) {
                    throw new IOException("it became shorter while it was read");
                }
            }
            ICudaEngine engine = runtime.deserializeCudaEngine(bytes, bytes.capacity());
            if (engine == null || engine.isNull()) {
                throw new InferenceException("TensorRT refuses the plan " + plan + ": " + log.complaints() + ".");
            }
            return engine;
        } catch (IOException unreadable) {
            throw new InferenceException("The plan " + plan + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    NativeLog log() {
        return log;
    }
}
