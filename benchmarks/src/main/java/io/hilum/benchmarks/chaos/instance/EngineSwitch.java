package io.hilum.benchmarks.chaos.instance;

import io.hilum.inference.InferenceException;

/** Turns every engine of the JVM off for a time. Free to share. */
final class EngineSwitch {

    private volatile long offUntil = System.nanoTime();

    void offFor(long nanos) {
        offUntil = System.nanoTime() + nanos;
    }

    /** @throws InferenceException while engines are off */
    void requireOn() {
        if (System.nanoTime() - offUntil < 0) {
            throw new InferenceException("The device is lost, as the harness asked for.");
        }
    }
}
