package io.hilum.inference.tensorrt;

import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;

/**
 * The part of the detection that touches native code, in an order in which nothing crashes: no factory of TensorRT is
 * called here, because without a device they kill the process or return garbage.
 */
final class DeviceProbe {

    private DeviceProbe() {}

    /**
     * @throws LinkageError when a library is missing. After the first one the classes concerned are unusable in this
     *     process for good
     */
    static TensorRtSupport probe(int device) {
        int[] count = new int[1];
        int status = cudart.cudaGetDeviceCount(count);
        if (status != cudart.cudaSuccess) {
            return TensorRtSupport.none("CUDA finds no GPU, so the CPU computes: " + Cuda.describe(status) + ".");
        }
        if (device >= count[0]) {
            return TensorRtSupport.none("GPU " + device + " is asked for and CUDA sees " + count[0]
                    + " (counted from 0), so the CPU computes.");
        }
        Loader.load(nvinfer.class);
        int version = nvinfer.getInferLibVersion();
        int major = version / 10_000;
        String name = major + "." + version / 100 % 100 + "." + version % 100;
        if (major != nvinfer.NV_TENSORRT_MAJOR) {
            return TensorRtSupport.none("This machine has TensorRT " + name + " and this program needs version "
                    + nvinfer.NV_TENSORRT_MAJOR + ", so the CPU computes.");
        }
        try (cudaDeviceProp properties = new cudaDeviceProp()) {
            Cuda.check(cudart.cudaGetDeviceProperties(properties, device), "cudaGetDeviceProperties");
            return new TensorRtSupport(name, properties.major() + "." + properties.minor(), properties.name().getString(), "");
        }
    }
}
