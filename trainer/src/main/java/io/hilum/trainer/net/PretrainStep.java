package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * One step of masked image modelling: a single call is the student's forward pass, the loss on the masked patches, the
 * gradients and the {@link Optimizer}'s change of all weights in place.
 *
 * <p>The student sees {@code mask_token} where a patch is masked, and positions everywhere. The loss is the mean square
 * error of the masked patches' own pixels (256 grey values, normalised patch by patch), or minus the cosine to a
 * teacher's features; each masked patch of the batch counts alike.
 *
 * <p>One thread. Its arrays belong to the student's manager and are freed with it.
 */
public final class PretrainStep implements AutoCloseable {
    private final Network student;
    private final ScriptModule module;
    private final Optimizer optimizer;
    private final NDArray extra;

    /**
     * @param student of {@link Network#student}
     * @param gentle {@code stop_grad_conv1}: the patch embedding is 0.9 detached + 0.1 live, so that the gradient of the patch
     *     kernel shrinks to a tenth. With AdamW alone this changes no direction, only what clipping and eps see of it
     */
    public PretrainStep(Network student, AdamW adam, Precision precision, boolean gentle) {
        this.student = student;
        this.module = student.load(EvaXScript.PRETRAIN, precision);
        this.optimizer = new Optimizer(student.manager(), adam, student.names(), student.weights());
        this.extra = student.manager().create(new double[] {gentle ? 1 : 0});
    }

    /**
     * One step towards the masked patches' own pixels. When loss or gradient is not finite, nothing is changed.
     *
     * @param images [B * S * S] grey bytes
     * @param mask [B * G * G], 1 where a patch is masked; any number of patches, but one at least
     */
    public TrainStep.Result run(ByteBuffer images, byte[] mask, double learningRate) {
        try (NDManager scope = student.manager().newSubManager()) {
            return run(scope, student.input(scope, images), mask, scope.zeros(new Shape(0)), learningRate);
        }
    }

    /** @param target [B, G*G, D] a teacher's features, or empty for the pixels */
    private TrainStep.Result run(NDManager scope, NDArray x, byte[] mask, NDArray target, double learningRate) {
        long batch = x.getShape().get(0);
        NDArray masked = scope.create(ByteBuffer.wrap(mask), new Shape(batch, mask.length / batch), DataType.UINT8);
        try (NDList out = module.run(optimizer.arguments(scope, learningRate, x, masked, target, student.rope(), extra))) {
            float[] values = out.head().toFloatArray();
            return new TrainStep.Result(values[0], values[1]);
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
