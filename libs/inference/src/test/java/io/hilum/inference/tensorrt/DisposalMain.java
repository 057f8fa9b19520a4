package io.hilum.inference.tensorrt;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** Makes and deletes objects of the stub library and prints how many C++ has deleted after each step. */
final class DisposalMain {

    private DisposalMain() {}

    /** @param arguments none */
    public static void main(String[] arguments) {
        Loader.load(nvinfer.class);
        ICudaEngine closed = new ICudaEngine(made());
        closed.close();
        System.out.println("closed " + nvinfer.getInferLibMajorVersion());
        Disposal.delete(new ICudaEngine(made()));
        System.out.println("engine " + nvinfer.getInferLibMajorVersion());
        IExecutionContext context = new IExecutionContext(made());
        Disposal.delete(context);
        System.out.println("context " + nvinfer.getInferLibMajorVersion() + " " + context.isNull());
    }

    private static Pointer made() {
        return nvinfer.createInferRuntime_INTERNAL(null, 0);
    }
}
