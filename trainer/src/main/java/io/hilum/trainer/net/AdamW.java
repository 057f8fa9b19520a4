package io.hilum.trainer.net;

/**
 * Settings of the optimizer.
 *
 * @param clip largest global gradient norm; 0 clips nothing (the published fine-tuning)
 * @param ema decay of the moving average of weights; 0 keeps none
 */
public record AdamW(double beta1, double beta2, double eps, double clip, double ema, ParameterGroups groups) {
    /** The published fine-tuning: betas 0.9 / 0.999, eps 1e-8, no clipping, no average. */
    public static AdamW published(ParameterGroups groups) {
        return new AdamW(0.9, 0.999, 1e-8, 0, 0, groups);
    }
}
