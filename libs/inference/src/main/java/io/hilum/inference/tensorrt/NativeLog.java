package io.hilum.inference.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/**
 * What TensorRT says. Errors and warnings are passed on and the last of them kept, so that a refusal can be explained;
 * information is passed on where it is wanted.
 *
 * <p>Threading: TensorRT calls {@link #log} on any of its threads. Ownership: who passes this to TensorRT keeps a strong
 * reference for as long as any object made with it exists.
 */
final class NativeLog extends ILogger {

    private static final int KEPT = 8;

    private final boolean information;
    private final Consumer<String> sink;
    private final Deque<String> last = new ArrayDeque<>();

    /**
     * @param information pass on what is no warning as well
     * @param sink gets one line at a time, on threads of TensorRT
     */
    NativeLog(boolean information, Consumer<String> sink) {
        this.information = information;
        this.sink = sink;
    }

    @Override
    public void log(Severity severity, String message) {
        try {
            record(severity.intern(), message);
        } catch (RuntimeException ignored) {
            // An exception that left this method would end the process; a lost line of the log is nothing against that.
        }
    }

    private void record(Severity severity, String message) {
        switch (severity) {
            case kINTERNAL_ERROR, kERROR, kWARNING -> {
                synchronized (last) {
                    last.addLast(message);
                    if (last.size() > KEPT) {
                        last.removeFirst();
                    }
                }
                sink.accept((severity == Severity.kWARNING ? "warning: " : "error: ") + message);
            }
            case kINFO -> {
                if (information) {
                    sink.accept(message);
                }
            }
            case kVERBOSE -> { }
            default -> sink.accept(message);
        }
    }

    /** The last errors and warnings, the oldest first, as an end of a sentence. */
    String complaints() {
        synchronized (last) {
            return last.isEmpty() ? "TensorRT gives no reason" : String.join(" | ", List.copyOf(last));
        }
    }
}
