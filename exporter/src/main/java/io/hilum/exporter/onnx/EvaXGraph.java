package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.util.Map;

/**
 * Writes a whole network: scores and, for K labels an image, exact Grad-CAM in the same pass.
 *
 * <p>Inputs and outputs are those of {@link NetworkIo}.
 */
public final class EvaXGraph {

    private final ModelCard card;
    private final Architecture architecture;
    private final int grid;
    private final Weights weights;
    private final NetworkForm form;
    private final GraphBuilder graph = new GraphBuilder();
    private final Ops ops = new Ops(graph);
    private final Rotation rotation;
    private final Half half;

    private EvaXGraph(ModelCard card, Map<String, Tensor> tensors, NetworkForm form) {
        this.card = card;
        this.architecture = card.architecture();
        this.grid = Architecture.grid(card.inputSize());
        this.weights = requireFit(card, tensors);
        this.form = form;
        this.rotation = new Rotation(ops, grid);
        this.half = new Half(ops, form.precision() == Precision.INT8 ? Precision.FP32 : form.precision(), form.emulated());
    }

    /** @throws IllegalArgumentException when there are no such networks, or naming the first weight that is missing or misshapen */
    public static Weights requireFit(ModelCard card, Map<String, Tensor> tensors) {
        Architecture architecture = card.architecture();
        if (architecture.family() != Architecture.Family.EVA_X) {
            throw new IllegalArgumentException(("'%s' is a baseline that can be trained and measured, but not exported yet; "
                + "train eva-x-ti, eva-x-s or eva-x-b to serve it.").formatted(architecture.id()));
        }
        return Weights.of(architecture, Architecture.grid(card.inputSize()), card.labels().size(), tensors);
    }

    /**
     * @param tensors weights under the reference's names, with {@code fc_norm.*} and {@code head.*}, any float type
     * @throws IllegalArgumentException naming the first weight that is missing or misshapen
     */
    public static Network of(ModelCard card, Map<String, Tensor> tensors, NetworkForm form) {
        return of(card, tensors, form, Stem.GREY);
    }

    /** As {@link #of}, but with the input that the reference's numbers belong to: fp32 [B,3,H,W], normalised already. */
    public static Network ofNormalised(ModelCard card, Map<String, Tensor> tensors, NetworkForm form) {
        return of(card, tensors, form, Stem.REFERENCE);
    }

    private static Network of(ModelCard card, Map<String, Tensor> tensors, NetworkForm form, Stem stem) {
        EvaXGraph network = new EvaXGraph(card, tensors, form);
        return network.write(stem, Linears.plain(network.ops), Smoothing.NONE);
    }

    static Network probe(ModelCard card, Map<String, Tensor> tensors) {
        EvaXGraph network = new EvaXGraph(card, tensors, new NetworkForm(Target.ONNX_RUNTIME, Precision.FP32, NetworkFile.NONE));
        return network.write(Stem.GREY, new RangeProbe(network.ops, Linears.plain(network.ops)), Smoothing.NONE);
    }

    static Network quantised(ModelCard card, Map<String, Tensor> tensors, NetworkForm form, Smoothing smoothing,
            Map<String, ActivationRange> ranges) {
        EvaXGraph network = new EvaXGraph(card, tensors, form);
        return network.write(Stem.GREY, new QuantisedLinears(network.ops, ranges), smoothing);
    }

    /** @param linears of all blocks but the last */
    private Network write(Stem stem, Linears linears, Smoothing smoothing) {
        int patches = grid * grid;
        Value x = stem.tokens(ops, weights, architecture, card.inputSize(), card.mean(), card.std(), half);
        BlockWriter inner = writer(linears, smoothing, 1 + patches);
        BlockWriter outer = writer(Linears.plain(ops), Smoothing.NONE, 1 + patches);
        Block last = null;
        x = inner.enter(x);
        for (int i = 0; i < Architecture.BLOCKS; i++) {
            last = (i < Architecture.BLOCKS - 1 ? inner : outer).write(blockName(i), x);
            x = last.output();
        }
        Head head = Head.of(ops, weights, outer.leave(x), patches);
        Calibrated calibrated = Calibrated.of(ops, card, head.logits());
        String labels = Integer.toString(card.labels().size());
        graph.output(NetworkIo.LOGITS, head.logits(), TensorProto.DataType.FLOAT, "batch", labels);
        graph.output(NetworkIo.PROBABILITIES, calibrated.probabilities(), TensorProto.DataType.FLOAT, "batch", labels);
        if (form.maps() != NetworkFile.NONE) {
            explain(outer.traced(last), head, calibrated);
        }
        return graph.build();
    }

    private void explain(Block last, Head head, Calibrated calibrated) {
        boolean any = form.maps() == NetworkFile.ANY;
        String count = any ? "maps" : Integer.toString(form.maps());
        String side = Integer.toString(grid);
        Value classes = graph.input(NetworkIo.CLASSES, TensorProto.DataType.INT64, "batch", count);
        Value maps = any ? ops.dimension(classes, 1) : graph.constant(new long[] {form.maps()});
        Value chosen = calibrated.chosen(ops, card, classes, maps);
        BlockWeights block = new BlockWeights(weights, architecture, blockName(Architecture.BLOCKS - 1), Smoothing.NONE);
        GradCam cam = GradCam.of(ops, block, grid, last, head, rotation, chosen);
        graph.output(NetworkIo.CAM_CLASSES, chosen, TensorProto.DataType.INT64, "batch", count);
        graph.output(NetworkIo.CAM_RAW, cam.raw(), TensorProto.DataType.FLOAT, "batch", count, side, side);
        graph.output(NetworkIo.CAM_MAP, cam.scaled(), TensorProto.DataType.FLOAT, "batch", count, side, side);
        graph.output(NetworkIo.CAM_MAXIMUM, cam.maximum(), TensorProto.DataType.FLOAT, "batch", count);
        if (form.attention()) {
            // From patches to patches: the score is their mean, the class token takes no part in it.
            Value received = ops.mean(ops.slice(ops.slice(last.attention(), 2, 1, 1L + grid * grid), 3, 1, 1L + grid * grid), false, 1, 2);
            graph.output(NetworkIo.ATTENTION, ops.reshape(received, 0, grid, grid), TensorProto.DataType.FLOAT, "batch", side, side);
        }
    }

    private BlockWriter writer(Linears linears, Smoothing smoothing, int tokens) {
        return switch (form.target()) {
            case TENSORRT -> new StandardBlock(ops, weights, architecture, rotation, half);
            case ONNX_RUNTIME -> new RuntimeBlock(ops, weights, architecture, rotation, tokens, linears, smoothing);
        };
    }

    private static String blockName(int block) {
        return "blocks." + block + ".";
    }
}
