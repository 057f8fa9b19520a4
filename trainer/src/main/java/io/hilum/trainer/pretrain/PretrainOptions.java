package io.hilum.trainer.pretrain;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Device;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that decides how a pre-training goes. {@link #published} is EVA-02's recipe (eva-x-reference.md, section 3).
 *
 * @param size side of the input in pixels; a multiple of 16
 * @param batch films a step
 * @param accumulate equal passes into which a batch is cut, whose gradients are summed: less memory, the same step
 * @param passes films that are looked at in all, each time another crop; rounded to whole batches
 * @param warmUpEpochs passes over the data during which the learning rate rises
 * @param learningRate peak rate
 * @param firstRate where the warm-up begins
 * @param lastRate where the cosine ends
 * @param augmentation crop and mirror; a crop too small shows tissue without its place in the chest
 * @param maskRatio share of masked patches; too low and neighbours give the answer away, too high and nothing is left to reason from
 * @param stopGradConv1 the patch embedding is 0.9 detached + 0.1 live
 * @param seed of weights, order, crops and masks
 * @param threads of libtorch
 * @param device where libtorch computes; a GPU that is not there stops the start
 * @param saveSeconds time between two saves of the whole state; what a kill can cost
 */
public record PretrainOptions(Architecture architecture, int size, int batch, int accumulate, long passes, double warmUpEpochs, double learningRate,
        double firstRate, double lastRate, AdamW adam, Precision precision, Augmentation augmentation, double maskRatio,
        boolean stopGradConv1, long seed, int threads, Device device, int saveSeconds) {
    public PretrainOptions {
        BlockMask.of(Architecture.grid(size), maskRatio);
        require(batch >= 1, "--batch must be at least 1, not " + batch);
        require(accumulate >= 1 && batch % accumulate == 0, "--accumulate (" + accumulate + ") must divide --batch (" + batch + ")");
        require(passes >= batch, "--passes (" + passes + ") must fill one batch of " + batch);
        require(warmUpEpochs >= 0, "--warm-up must not be negative");
        require(learningRate > 0 && learningRate < 1, "--lr must lie between 0 and 1, not be " + learningRate);
        require(firstRate >= 0 && firstRate <= learningRate, "the warm-up must begin below --lr, not at " + firstRate);
        require(lastRate >= 0 && lastRate <= learningRate, "--min-lr must not exceed --lr");
        require(adam.ema() >= 0 && adam.ema() < 1, "--ema must lie in [0, 1), not be " + adam.ema());
        require(augmentation.minArea() > 0 && augmentation.minArea() <= 1, "--crop-scale must lie in (0, 1]");
        require(threads >= 1, "--threads must be at least 1");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence + ".");
        }
    }

    /**
     * EVA-02's settings: AdamW 0.9 / 0.98, eps 1e-6, weight decay 0.05, clip 3, cosine from 1e-6 over one epoch to 1e-5, 0.3 of
     * the patches masked, random crops of 0.2 to 1 of the area, half of the films mirrored, stop_grad_conv1; {@link #scaledRate}.
     */
    public static PretrainOptions published(Architecture architecture, int size, int batch, long passes) {
        double rate = scaledRate(architecture, batch);
        return new PretrainOptions(architecture, size, batch, 1, passes, 1, rate, Math.min(1e-6, rate), Math.min(1e-5, rate),
            new AdamW(0.9, 0.98, 1e-6, 3, 0, new ParameterGroups(1, 0.05)), Precision.FP32, new Augmentation(0.2, true, 0), 0.3,
            true, 0, 2, Device.CPU, 120);
    }

    /**
     * The published rate belongs to thousands of films a step: 3e-3 to 4,000 (Ti, S), 1.5e-3 to 2,048 (B). Adam's steps do not
     * shrink with the noise of a smaller batch, so the rate falls with the square root of the batch. That is a rule of thumb of
     * ours, not of the paper.
     */
    public static double scaledRate(Architecture architecture, int batch) {
        return architecture == Architecture.EVA_X_B ? 1.5e-3 * Math.sqrt(batch / 2048.0) : 3e-3 * Math.sqrt(batch / 4000.0);
    }

    /** The same with another precision, seed and number of threads. */
    public PretrainOptions with(Precision otherPrecision, long otherSeed, int otherThreads) {
        return new PretrainOptions(architecture, size, batch, accumulate, passes, warmUpEpochs, learningRate, firstRate, lastRate, adam,
            otherPrecision, augmentation, maskRatio, stopGradConv1, otherSeed, otherThreads, device, saveSeconds);
    }

    /** Optimizer steps of the whole training. */
    public long steps() {
        return passes / batch;
    }

    /** @param batches of one epoch */
    WarmCosine schedule(int batches) {
        long warmUp = Math.min(Math.round(warmUpEpochs * batches), steps() - 1);
        return new WarmCosine(firstRate, learningRate, lastRate, warmUp, steps());
    }

    /** Every setting by name, for the record beside the weights; what differs here is another training. */
    public Map<String, String> described() {
        var out = new LinkedHashMap<String, String>();
        out.put("architecture", architecture.id());
        out.put("size", Integer.toString(size));
        out.put("batch", Integer.toString(batch));
        if (accumulate > 1) {
            out.put("passes a step", Integer.toString(accumulate));
        }
        out.put("passes", Long.toString(steps() * batch));
        out.put("warm-up epochs", Double.toString(warmUpEpochs));
        out.put("learning rate", "%s to %s to %s".formatted(firstRate, learningRate, lastRate));
        out.put("precision", precision.name());
        out.put("weight decay", Double.toString(adam.groups().weightDecay()));
        out.put("betas", adam.beta1() + ", " + adam.beta2());
        out.put("eps", Double.toString(adam.eps()));
        out.put("gradient clip", adam.clip() == 0 ? "none" : Double.toString(adam.clip()));
        out.put("moving average", adam.ema() == 0 ? "none" : Double.toString(adam.ema()));
        out.put("augmentation", augmentation.toString());
        out.put("mask ratio", Double.toString(maskRatio));
        out.put("stop_grad_conv1", Boolean.toString(stopGradConv1));
        out.put("seed", Long.toString(seed));
        return out;
    }
}
