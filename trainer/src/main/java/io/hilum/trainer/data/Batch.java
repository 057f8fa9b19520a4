package io.hilum.trainer.data;

import java.nio.ByteBuffer;

/**
 * A batch ready for the network.
 *
 * @param images [B * S * S] grey bytes, direct
 * @param targets [B * L]: 0, 1, or -1 where not known
 * @param places [B * L * G * G]: share of each patch that the lesion's box covers, -1 where not known; empty when not asked for
 */
public record Batch(ByteBuffer images, float[] targets, float[] places, int films) {}
