package io.hilum.inference.tensorrt;

import java.util.List;
import java.util.Locale;

/**
 * Lifts JavaCPP's own limits on memory. By default it refuses to make any pointer, be it of four bytes, once the process
 * holds three times the heap's limit: with a small heap beside CUDA and TensorRT that is the normal state, and the
 * engine would fail with an {@link OutOfMemoryError} while memory is free.
 *
 * <p>Has to run before the first class of JavaCPP is loaded. Names no JavaCPP type. A limit that somebody has set stays.
 */
final class JavaCppLimits {

    private JavaCppLimits() {}

    static void lift() {
        for (String limit : List.of("maxBytes", "maxPhysicalBytes")) {
            String property = "org.bytedeco.javacpp." + limit;
            if (System.getProperty(property) == null && System.getProperty(property.toLowerCase(Locale.ROOT)) == null) {
                System.setProperty(property, "0");
            }
        }
    }
}
