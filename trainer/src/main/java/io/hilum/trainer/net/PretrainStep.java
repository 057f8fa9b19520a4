package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One step of masked image modelling: a single call is the student's forward pass, the loss on the masked patches, the
 * gradients and the {@link Optimizer}'s change of all weights in place.
 *
 * <p>The student sees {@code mask_token} where a patch is masked, and positions everywhere. The loss is the mean square
 * error of the masked patches' own pixels (256 grey values, normalised patch by patch), or minus the cosine to a
 * teacher's features; each masked patch of the batch counts alike.
 *
 * <p>A batch may be worked off in several equal passes, whose gradients are summed before the one update: the way to the
 * published batches of thousands on a small machine. To rounding it is the step of the whole batch, because each film has the
 * same number of masked patches ({@code BlockMask}).
 *
 * <p>One thread. Its arrays belong to the student's manager and are freed with it.
 */
public final class PretrainStep implements AutoCloseable {
    private static final int STEP = 0;
    private static final int ADD = 1;
    private static final int ADD_AND_STEP = 2;

    private final Network student;
    private final Tokenizer teacher;
    private final ScriptModule module;
    private final Optimizer optimizer;
    private final List<NDArray> sums = new ArrayList<>();
    private final boolean gentle;
    private final int passes;

    /** Towards the masked patches' own pixels, one pass a step. */
    public PretrainStep(Network student, AdamW adam, Precision precision, boolean gentle) {
        this(student, null, adam, precision, gentle, 1);
    }

    /**
     * @param student of {@link Network#student}
     * @param teacher whose features are guessed, of the same input size; stays the caller's. Null: the patches' own pixels
     * @param gentle {@code stop_grad_conv1}: the patch embedding is 0.9 detached + 0.1 live, so that the gradient of the patch
     *     kernel shrinks to a tenth. With AdamW alone this changes no direction, only what clipping and eps see of it
     * @param passes passes a step; more than 1 takes one more copy of the weights
     */
    public PretrainStep(Network student, Tokenizer teacher, AdamW adam, Precision precision, boolean gentle, int passes) {
        int guessed = (int) student.weights().get(student.names().indexOf("lm_head.bias")).size();
        int wanted = teacher == null ? MaskedWeights.PIXELS : teacher.width();
        if (guessed != wanted || teacher != null && teacher.size() != student.size()) {
            throw new IllegalArgumentException("The student guesses %d values a patch of %d pixels a side, the target has %d of %d."
                .formatted(guessed, student.size(), wanted, teacher == null ? student.size() : teacher.size()));
        }
        this.student = student;
        this.teacher = teacher;
        this.module = student.load(EvaXScript.PRETRAIN, precision);
        this.optimizer = new Optimizer(student.manager(), adam, student.names(), student.weights());
        this.gentle = gentle;
        this.passes = passes;
        for (NDArray w : passes > 1 ? student.weights() : List.<NDArray>of()) {
            sums.add(w.zerosLike());
        }
        if (sums.isEmpty()) {
            // An empty list has no name in the call.
            sums.add(student.manager().zeros(new Shape(1)));
        }
    }

    /**
     * One step. When loss or gradient of any pass is not finite, no weight is changed.
     *
     * @param images [B * S * S] grey bytes; B must divide by the passes
     * @param mask [B * G * G], 1 where a patch is masked; the same number for each film, and one at least
     */
    public TrainStep.Result run(ByteBuffer images, byte[] mask, double learningRate) {
        if (passes == 1) {
            return pass(images, mask, learningRate, STEP);
        }
        int bytes = images.remaining() / passes;
        int patches = mask.length / passes;
        float total = 0;
        TrainStep.Result result = null;
        for (int k = 0; k < passes; k++) {
            result = pass(images.slice(images.position() + k * bytes, bytes), Arrays.copyOfRange(mask, k * patches, (k + 1) * patches),
                learningRate, k + 1 < passes ? ADD : ADD_AND_STEP);
            total += result.loss();
            if (!result.finite()) {
                sums.forEach(sum -> sum.set(new float[(int) sum.size()]));
                break;
            }
        }
        return new TrainStep.Result(total, result.gradientNorm());
    }

    private TrainStep.Result pass(ByteBuffer images, byte[] mask, double learningRate, int then) {
        try (NDManager scope = student.manager().newSubManager()) {
            NDArray x = student.input(scope, images);
            long batch = x.getShape().get(0);
            NDArray masked = scope.create(ByteBuffer.wrap(mask), new Shape(batch, mask.length / batch), DataType.UINT8);
            NDArray target = teacher == null ? scope.zeros(new Shape(0)) : teacher.features(x);
            NDArray extra = scope.create(new double[] {gentle ? 1 : 0, 1.0 / passes, then});
            try (NDList out = module.run(optimizer.arguments(scope, learningRate, x, masked, target, student.rope(), extra, sums))) {
                float[] values = out.head().toFloatArray();
                return new TrainStep.Result(values[0], values[1]);
            }
        }
    }

    /** The weights to keep: the moving average where there is one. By the reference's names. */
    public Map<String, Tensor> result() {
        return optimizer.result();
    }

    /** Everything that a later {@link #load} needs to go on as if nothing had happened. */
    public Map<String, Tensor> save() {
        return optimizer.save();
    }

    /** Takes up what {@link #save} gave; fails when it belongs to another network or optimizer. */
    public void load(Map<String, Tensor> saved) {
        optimizer.load(saved);
    }

    @Override
    public void close() {
        module.close();
    }
}
