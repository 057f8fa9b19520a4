package io.hilum.inference.tensorrt;

import java.util.List;

/**
 * How TensorRT uses its GPU.
 *
 * @param lanes batches under way at once for each of the two plans, at least as many as the batcher has workers. Each
 *     lane holds scratch memory and buffers of its own. Too many: GPU memory ends when the engine is opened; too few:
 *     the GPU waits while the CPU fills the next batch
 * @param buckets batch sizes that are prepared, rising. A batch is padded up to the next one, and one larger than the
 *     largest is split. Too few: small batches compute many blank images; too many: opening takes longer, and each
 *     costs an execution context a lane. Sizes above the plan's own largest batch are left out
 * @param device number of the GPU, as CUDA counts those that it may see. Wrong: the engine does not open
 * @param cudaGraphs launch a batch as one recorded CUDA graph, which spares the CPU some hundred launches a batch. A
 *     plan with a layer that cannot be recorded does not open with them; without them small batches are slower
 */
public record TensorRtOptions(int lanes, List<Integer> buckets, int device, boolean cudaGraphs) {

    /** More would only queue behind each other on the GPU. */
    private static final int MOST_LANES = 16;

    public TensorRtOptions {
        buckets = List.copyOf(buckets);
        require(lanes >= 1 && lanes <= MOST_LANES, "lanes is " + lanes + "; it must be 1 to " + MOST_LANES + ".");
        require(!buckets.isEmpty(), "buckets is empty; at least one batch size must be prepared.");
        int before = 0;
        for (int bucket : buckets) {
            require(bucket > before, "buckets is " + buckets + "; batch sizes must be positive and rise.");
            before = bucket;
        }
        require(device >= 0, "device is " + device + "; GPUs are counted from 0.");
    }

    /** Two lanes on the first GPU, powers of two up to 128, CUDA graphs. */
    public static TensorRtOptions defaults() {
        return new TensorRtOptions(2, List.of(1, 2, 4, 8, 16, 32, 64, 128), 0, true);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
