package io.hilum.inference.tensorrt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether TensorRT runs on this machine, or why the CPU is used.
 *
 * <p>Names no JavaCPP type: loading this class touches nothing native. Asking takes about a second on a machine with an
 * NVIDIA driver and nothing on one without.
 *
 * @param tensorRt version of the library that was found, such as {@code 10.15.1}; empty when there is none
 * @param computeCapability of the GPU, such as {@code 9.0}; empty when there is none
 * @param gpu its name, such as {@code NVIDIA H100 80GB HBM3}; empty when there is none
 * @param reason one sentence for people when TensorRT does not run, otherwise empty
 */
public record TensorRtSupport(String tensorRt, String computeCapability, String gpu, String reason) {

    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    /** From the second try on the JVM only says that a class is broken, not why. */
    private static final AtomicReference<String> FIRST_MISSING = new AtomicReference<>();

    public TensorRtSupport {
        Objects.requireNonNull(tensorRt, "tensorRt");
        Objects.requireNonNull(computeCapability, "computeCapability");
        Objects.requireNonNull(gpu, "gpu");
        Objects.requireNonNull(reason, "reason");
        boolean found = !tensorRt.isEmpty() && !computeCapability.isEmpty() && !gpu.isEmpty();
        if (found != reason.isEmpty()) {
            throw new IllegalArgumentException("A machine has TensorRT with a GPU, or a reason why not.");
        }
    }

    /** Asks the GPU with this number. Never throws, whatever is missing. */
    public static TensorRtSupport detect(int device) {
        return detect(device, DRIVER);
    }

    /** @param driver a file that exists where NVIDIA's driver is loaded */
    static TensorRtSupport detect(int device, Path driver) {
        // Without a driver nothing below can succeed, and JavaCPP would unpack its libraries for nothing.
        if (!Files.exists(driver)) {
            return none("No NVIDIA driver is loaded on this machine (there is no " + driver + "), so the CPU computes.");
        }
        JavaCppLimits.lift();
        try {
            return DeviceProbe.probe(device);
        } catch (LinkageError missing) {
            FIRST_MISSING.compareAndSet(null, "A library that TensorRT needs is missing, so the CPU computes; put TensorRT, "
                    + "cuDNN and CUDA on LD_LIBRARY_PATH: " + firstLine(missing) + ".");
            return none(FIRST_MISSING.get());
        } catch (RuntimeException refused) {
            return none("TensorRT cannot be used, so the CPU computes: " + firstLine(refused) + ".");
        }
    }

    /** Whether plans can run here. */
    public boolean available() {
        return reason.isEmpty();
    }

    static TensorRtSupport none(String reason) {
        return new TensorRtSupport("", "", "", reason);
    }

    /** Of the first cause: the loader's own message names the file that is missing, JavaCPP's only that something is. */
    private static String firstLine(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        String message = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        return message.strip().lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
    }
}
