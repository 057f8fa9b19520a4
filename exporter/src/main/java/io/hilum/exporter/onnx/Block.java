package io.hilum.exporter.onnx;

/**
 * What a {@link BlockWriter} wrote for one pre-norm block, {@code x += attn(norm1(x)); x += mlp(norm2(x))}: all that the
 * Grad-CAM branch needs of the last block. N tokens with the class token first, H heads, F hidden width.
 *
 * @param normed output of norm1 [B,N,D]: the target of Grad-CAM
 * @param query scaled and rotated [B,H,N,64]
 * @param key rotated [B,H,N,64]
 * @param value [B,H,N,64]
 * @param attention after softmax [B,H,N,N]
 * @param mixed attention times value [B,H,N,64]
 * @param middle input of norm2 [B,N,D]
 * @param gate before the sigmoid [B,N,F]
 * @param up the value half of the SwiGLU [B,N,F]
 * @param hidden silu(gate) * up, before the inner norm where there is one [B,N,F]
 * @param output [B,N,D]
 */
record Block(
        Value normed, Value query, Value key, Value value, Value attention, Value mixed, Value middle,
        Value gate, Value up, Value hidden, Value output) {}
