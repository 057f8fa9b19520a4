package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that decides how a training goes.
 *
 * @param size side of the input in pixels; a multiple of 16. Half the side is about a quarter of the time
 * @param batch films a step
 * @param learningRate peak rate
 * @param boxWeight weight of a second loss by which a head for single patches learns the lesions' places; 0 for none.
 *     Needs boxes, and films neither cropped nor mirrored
 * @param mapWeight weight of a third loss that draws the evidence which heat maps show into the boxes; 0 for none
 * @param seed of every random draw
 * @param threads of libtorch; more than there are free cores makes it slower
 * @param saveSeconds time between two saves of the whole state; what a kill can cost
 */
public record TrainOptions(Architecture architecture, int size, int batch, double epochs, double warmUpEpochs,
        double learningRate, double minimumRate, boolean constantRate, AdamW adam, Precision precision, double dropPath,
        Augmentation augmentation, double boxWeight, double mapWeight, long seed, int threads, int saveSeconds) {
    public TrainOptions {
        Architecture.grid(size);
        require(batch >= 1, "--batch must be at least 1, not " + batch);
        require(epochs > 0 && warmUpEpochs >= 0 && warmUpEpochs < epochs,
            "--warm-up (" + warmUpEpochs + ") must be shorter than --epochs (" + epochs + ")");
        require(learningRate > 0 && learningRate < 1, "--lr must lie between 0 and 1, not be " + learningRate);
        require(minimumRate >= 0 && minimumRate <= learningRate, "--min-lr must not exceed --lr");
        require(dropPath >= 0 && dropPath < 1, "--drop-path must lie in [0, 1), not be " + dropPath);
        require(adam.ema() >= 0 && adam.ema() < 1, "--ema must lie in [0, 1), not be " + adam.ema());
        require(adam.groups().layerDecay() > 0 && adam.groups().layerDecay() <= 1, "--layer-decay must lie in (0, 1]");
        require(augmentation.minArea() > 0 && augmentation.minArea() <= 1, "--min-area must lie in (0, 1]");
        require(boxWeight >= 0, "--box-weight must not be negative");
        require(boxWeight == 0 || augmentation.minArea() == 1 && !augmentation.flip(),
            "--box-weight needs whole films as they are (--min-area 1, no --flip): boxes do not follow crops yet");
        require(mapWeight >= 0 && (mapWeight == 0 || boxWeight > 0), "--map-weight needs a --box-weight");
        require(threads >= 1, "--threads must be at least 1");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence + ".");
        }
    }

    LrSchedule schedule() {
        return new LrSchedule(learningRate, minimumRate, warmUpEpochs, epochs, constantRate);
    }

    /** Every setting by name, for the card. */
    public Map<String, String> described() {
        var out = new LinkedHashMap<String, String>();
        out.put("size", Integer.toString(size));
        out.put("batch", Integer.toString(batch));
        out.put("epochs", Double.toString(epochs));
        out.put("warm-up epochs", Double.toString(warmUpEpochs));
        out.put("learning rate", Double.toString(learningRate));
        out.put("minimum rate", constantRate ? "constant rate" : Double.toString(minimumRate));
        out.put("precision", precision.name());
        out.put("layer decay", Double.toString(adam.groups().layerDecay()));
        out.put("weight decay", Double.toString(adam.groups().weightDecay()));
        out.put("betas", adam.beta1() + ", " + adam.beta2());
        out.put("eps", Double.toString(adam.eps()));
        out.put("gradient clip", adam.clip() == 0 ? "none" : Double.toString(adam.clip()));
        out.put("moving average", adam.ema() == 0 ? "none" : Double.toString(adam.ema()));
        out.put("drop path", Double.toString(dropPath));
        out.put("smallest crop area", Double.toString(augmentation.minArea()));
        out.put("mirrored", Boolean.toString(augmentation.flip()));
        out.put("contrast", Double.toString(augmentation.contrast()));
        out.put("weight of boxes", Double.toString(boxWeight));
        out.put("weight of heat maps", Double.toString(mapWeight));
        return out;
    }
}
