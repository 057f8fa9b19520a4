package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import org.bytedeco.cuda.global.cudart;

/** Return codes of the CUDA runtime. */
final class Cuda {

    private Cuda() {}

    /** @throws InferenceException one sentence that names the call, when it did not succeed */
    static void check(int status, String call) {
        if (status != cudart.cudaSuccess) {
            throw new InferenceException("The GPU failed in " + call + ": " + describe(status) + ".");
        }
    }

    static String describe(int status) {
        return cudart.cudaGetErrorString(status).getString() + " (CUDA error " + status + ")";
    }
}
