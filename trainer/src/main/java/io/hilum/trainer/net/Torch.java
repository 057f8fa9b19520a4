package io.hilum.trainer.net;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Starts libtorch once per process, offline, on the CPU, with a set number of threads. The first caller's
 * thread count holds.
 */
public final class Torch {
    private static boolean started;

    private Torch() {}

    /**
     * @param threads threads of one operation; more than the machine has free cores makes training slower
     * @return a manager of its own, which the caller closes
     */
    public static synchronized NDManager start(int threads) {
        if (!started) {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
            Engine.getEngine("PyTorch");
            JniUtils.setGraphExecutorOptimize(false);
            started = true;
        }
        return NDManager.newBaseManager("PyTorch");
    }
}
