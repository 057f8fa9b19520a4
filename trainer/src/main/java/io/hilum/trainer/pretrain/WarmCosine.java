package io.hilum.trainer.pretrain;

/**
 * EVA-02's learning rate, step by step: evenly from {@code start} to {@code peak} over the warm-up, then half a cosine
 * down towards {@code end}.
 *
 * @param warmUp steps of the warm-up
 * @param steps of the whole training
 */
record WarmCosine(double start, double peak, double end, long warmUp, long steps) {
    double at(long step) {
        if (step < warmUp) {
            return warmUp == 1 ? start : start + (peak - start) * step / (warmUp - 1);
        }
        double done = (double) (step - warmUp) / (steps - warmUp);
        return end + (peak - end) * 0.5 * (1 + Math.cos(Math.PI * done));
    }
}
