package io.hilum.inference;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * What a network gave for one batch of B images with K maps each, as {@link io.hilum.model.bundle.NetworkIo} names it.
 * Read by absolute positions; valid as long as its engine says.
 *
 * @param logits [B,L]
 * @param classes [B,K]; empty without maps, as are those that follow
 * @param raw [B,K,g,g]
 * @param scaled [B,K,g,g]
 * @param maximum [B,K]
 */
public record NetworkOutputs(FloatBuffer logits, LongBuffer classes, FloatBuffer raw, FloatBuffer scaled, FloatBuffer maximum) {

    /** Of a network that draws no maps. */
    public static NetworkOutputs scores(FloatBuffer logits) {
        return new NetworkOutputs(logits, LongBuffer.allocate(0), FloatBuffer.allocate(0), FloatBuffer.allocate(0), FloatBuffer.allocate(0));
    }
}
