package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Device;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that decides how a training goes.
 *
 * @param size side of the input in pixels; a multiple of 16. Half the side is about a quarter of the time
 * @param batch films in memory at once
 * @param accumulate batches whose gradients make one step
 * @param epochs times that the films are seen; the schedule of rates is cut to them
 * @param epochShare share of the films that makes an epoch, in (0, 1]
 * @param learningRate peak rate
 * @param dropPath share of residual branches that the last block loses
 * @param seed of every random draw
 * @param maxSteps ends earlier, wherever the schedule is; 0 for no limit
 */
public record TrainOptions(Architecture architecture, int size, int batch, int accumulate, double epochs, double epochShare,
        double warmUpEpochs, double learningRate, double minimumRate, boolean constantRate, AdamW adam, Precision precision,
        double dropPath, Objective objective, Augmentation augmentation, long seed, long maxSteps, Run run) {

    /**
     * How it is computed, which does not change what is computed (but for rounding).
     *
     * @param threads of libtorch; more than there are free cores makes it slower. Another number rounds differently
     * @param saveSeconds time between two saves of the whole state; what a kill can cost
     * @param keepCheckpoints also keep every epoch's weights, not only the best's
     */
    public record Run(Device device, int threads, int saveSeconds, boolean keepCheckpoints) {
        /** Keeps the best epoch only. */
        public Run(Device device, int threads, int saveSeconds) {
            this(device, threads, saveSeconds, false);
        }

        public Run {
            require(threads >= 1, "--threads must be at least 1");
            require(saveSeconds >= 1, "--save-seconds must be at least 1");
        }
    }

    public TrainOptions {
        Architecture.grid(size);
        require(batch >= 1, "--batch must be at least 1, not " + batch);
        require(accumulate >= 1, "--accumulate must be at least 1, not " + accumulate);
        require((long) batch * accumulate <= Integer.MAX_VALUE, "--batch (" + batch + ") times --accumulate (" + accumulate + ") is too large");
        require(epochs > 0 && warmUpEpochs >= 0 && warmUpEpochs < epochs,
            "--warm-up (" + warmUpEpochs + ") must be shorter than --epochs (" + epochs + ")");
        require(epochShare > 0 && epochShare <= 1, "--epoch-share must lie in (0, 1], not be " + epochShare);
        require(learningRate > 0 && learningRate < 1, "--lr must lie between 0 and 1, not be " + learningRate);
        require(minimumRate >= 0 && minimumRate <= learningRate, "--min-lr must not exceed --lr");
        require(dropPath >= 0 && dropPath < 1, "--drop-path must lie in [0, 1), not be " + dropPath);
        require(adam.ema() >= 0 && adam.ema() < 1, "--ema must lie in [0, 1), not be " + adam.ema());
        require(adam.groups().layerDecay() > 0 && adam.groups().layerDecay() <= 1, "--layer-decay must lie in (0, 1]");
        require(objective.boxWeight() >= 0, "--box-weight must not be negative");
        require(objective.boxWeight() == 0 || augmentation.keepsPlaces(),
            "--box-weight needs whole films as they are (--min-area 1, no --flip, no --rand-augment): boxes do not follow crops yet");
        require(objective.boxWeight() == 0 || objective.loss() == Loss.BCE && accumulate == 1,
            "--box-weight needs --loss bce and --accumulate 1: it weighs patches by what else is in the batch");
        require(objective.mapWeight() >= 0 && (objective.mapWeight() == 0 || objective.boxWeight() > 0), "--map-weight needs a --box-weight");
        require(maxSteps >= 0, "--steps must not be negative");
    }

    /** Multi-label on the CPU, one batch a step, whole epochs. */
    public TrainOptions(Architecture architecture, int size, int batch, double epochs, double warmUpEpochs, double learningRate,
            double minimumRate, boolean constantRate, AdamW adam, Precision precision, double dropPath, Augmentation augmentation,
            double boxWeight, double mapWeight, long seed, int threads, int saveSeconds) {
        this(architecture, size, batch, 1, epochs, 1, warmUpEpochs, learningRate, minimumRate, constantRate, adam, precision, dropPath,
            new Objective(Loss.BCE, false, boxWeight, mapWeight), augmentation, seed, 0, new Run(Device.CPU, threads, saveSeconds));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence + ".");
        }
    }

    /** Films a step. */
    public int stepFilms() {
        return batch * accumulate;
    }

    LrSchedule schedule() {
        return new LrSchedule(learningRate, minimumRate, warmUpEpochs, epochs, constantRate);
    }

    /** Every setting that changes the result, by name, for the card. */
    public Map<String, String> described() {
        var out = new LinkedHashMap<String, String>();
        out.put("size", Integer.toString(size));
        out.put("batch", Integer.toString(batch));
        out.put("batches a step", Integer.toString(accumulate));
        out.put("epochs", Double.toString(epochs));
        out.put("share of the films in an epoch", Double.toString(epochShare));
        out.put("warm-up epochs", Double.toString(warmUpEpochs));
        out.put("learning rate", Double.toString(learningRate));
        out.put("minimum rate", constantRate ? "constant rate" : Double.toString(minimumRate));
        out.put("precision", precision.name());
        out.put("layer decay", Double.toString(adam.groups().layerDecay()));
        out.put("patch embedding", adam.groups().patchFixed() ? "fixed" : "learns");
        out.put("weight decay", Double.toString(adam.groups().weightDecay()));
        out.put("betas", adam.beta1() + ", " + adam.beta2());
        out.put("eps", Double.toString(adam.eps()));
        out.put("gradient clip", adam.clip() == 0 ? "none" : Double.toString(adam.clip()));
        out.put("moving average", adam.ema() == 0 ? "none" : Double.toString(adam.ema()));
        out.put("drop path", Double.toString(dropPath));
        out.put("loss", objective.loss().name());
        out.put("uncertain labels smoothed", Boolean.toString(objective.smooth()));
        out.put("smallest crop area", Double.toString(augmentation.minArea()));
        out.put("mirrored", Boolean.toString(augmentation.flip()));
        out.put("RandAugment", augmentation.operations().operations() == 0 ? "none" : augmentation.operations().operations() + " operations of strength "
            + augmentation.operations().magnitude());
        out.put("contrast", Double.toString(augmentation.contrast()));
        out.put("weight of boxes", Double.toString(objective.boxWeight()));
        out.put("weight of heat maps", Double.toString(objective.mapWeight()));
        return out;
    }
}
