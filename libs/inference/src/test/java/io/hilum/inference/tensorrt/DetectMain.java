package io.hilum.inference.tensorrt;

import java.nio.file.Path;

/** Detects twice, since the second try meets classes that the first has broken, and prints what it found. */
final class DetectMain {

    private DetectMain() {}

    /** @param arguments a file that stands for the driver's */
    public static void main(String[] arguments) {
        for (int i = 0; i < 2; i++) {
            TensorRtSupport support = TensorRtSupport.detect(0, Path.of(arguments[0]));
            System.out.println(support.available() + "|" + support.reason());
        }
    }
}
