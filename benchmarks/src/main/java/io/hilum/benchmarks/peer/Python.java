package io.hilum.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The interpreter of the peer. */
public final class Python {
    private Python() {}

    /** Whether the interpreter exists and has PyTorch. */
    public static boolean hasTorch(String interpreter) {
        try {
            Process process = new ProcessBuilder(interpreter, "-c", "import torch").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
