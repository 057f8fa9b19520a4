package io.hilum.benchmarks.gpu;

/** Whose network is measured. */
enum Who {
    /** Hilum's engine. */
    HILUM,
    /** The peer, {@code benchmarks/gpu/eva_x_cuda.py}. */
    TORCH
}
