package io.hilum.trainer.train;

/**
 * The learning rate at a time counted in epochs: linear from 0 during the warm-up, then constant, or a half
 * cosine down to {@code minimum}.
 */
public record LrSchedule(double peak, double minimum, double warmUpEpochs, double epochs, boolean constant) {
    /** @param epoch finished epochs, with their fraction */
    public double at(double epoch) {
        if (epoch < warmUpEpochs) {
            return peak * epoch / warmUpEpochs;
        }
        if (constant) {
            return peak;
        }
        double done = (epoch - warmUpEpochs) / (epochs - warmUpEpochs);
        return minimum + (peak - minimum) * 0.5 * (1 + Math.cos(Math.PI * done));
    }

    /**
     * The published rate of 1e-3 belongs to 1,024 films a step (4 x 256). Smaller batches have noisier gradients;
     * Adam's steps do not shrink with them, so the rate falls with the square root of the batch.
     */
    public static double scaled(int batch) {
        return 1e-3 * Math.sqrt(batch / 1024.0);
    }
}
