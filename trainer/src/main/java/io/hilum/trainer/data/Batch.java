package io.hilum.trainer.data;

import java.nio.ByteBuffer;

/**
 * A batch ready for the network.
 *
 * @param images [B * S * S] grey bytes, direct
 * @param targets [B * L]: 0, 1, or -1 where not known
 */
public record Batch(ByteBuffer images, float[] targets, int films) {}
