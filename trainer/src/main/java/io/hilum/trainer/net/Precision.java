package io.hilum.trainer.net;

/** In which numbers the products of a training step are computed. Weights and optimizer are always fp32. */
public enum Precision {
    /** Exact as the reference. */
    FP32,
    /** bfloat16 products: nearly twice as fast where the processor has them (AVX512_BF16, AMX); slow elsewhere. */
    BF16
}
