package io.hilum.trainer.net;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Starts libtorch once per process, offline, with a set number of threads. The first caller's thread count
 * holds.
 */
public final class Torch {
    private static boolean started;

    private Torch() {}

    /** libtorch's version, as 2.7.1; starts libtorch's library, so call it after {@link #start}. */
    public static String version() {
        return Engine.getEngine("PyTorch").getVersion();
    }

    /**
     * @param threads threads of one operation; more than the machine has free cores makes training slower
     * @return a manager of its own on the CPU, which the caller closes
     */
    public static NDManager start(int threads) {
        return start(threads, Device.CPU);
    }

    /** As {@link #start(int)}, on that device; fails with a sentence when this machine or this libtorch has none. */
    public static synchronized NDManager start(int threads, Device device) {
        if (!started) {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
            Engine.getEngine("PyTorch");
            JniUtils.setGraphExecutorOptimize(false);
            ExitGate.install();
            started = true;
        }
        return NDManager.newBaseManager(device.djl(), "PyTorch");
    }
}
