package io.hilum.benchmarks.chaos.instance;

import io.hilum.inference.InferenceException;
import java.io.PrintStream;

/**
 * Turns every engine of the JVM off: the next call fails, and all that follow within a time. Free to share; guarded by its
 * monitor.
 */
final class EngineSwitch {

    private final PrintStream answer;
    private boolean armed;
    private long nanos;
    private long offUntil = System.nanoTime();

    /** @param answer told {@code FAILED} when a call fails that was to fail first */
    EngineSwitch(PrintStream answer) {
        this.answer = answer;
    }

    /** @param forNanos after the first call that fails; 0: only that one fails */
    synchronized void off(long forNanos) {
        armed = true;
        nanos = forNanos;
    }

    /** @throws InferenceException while engines are off */
    synchronized void requireOn() {
        long now = System.nanoTime();
        if (armed) {
            armed = false;
            offUntil = now + nanos;
            answer.println("FAILED");
            throw failure();
        }
        if (now - offUntil < 0) {
            throw failure();
        }
    }

    private static InferenceException failure() {
        return new InferenceException("The device is lost, as the harness asked for.");
    }
}
