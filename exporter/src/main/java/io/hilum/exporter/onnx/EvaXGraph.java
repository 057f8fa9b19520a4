package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The whole network as one ONNX graph: scores and, for K labels an image, exact Grad-CAM.
 *
 * <p>Inputs and outputs are those of {@link NetworkIo}.
 */
public final class EvaXGraph {

    private EvaXGraph() {}

    /**
     * @param tensors weights under the reference's names, with {@code fc_norm.*} and {@code head.*}, any float type
     * @throws IllegalArgumentException naming the first weight that is missing or misshapen
     */
    public static ModelProto of(ModelCard card, Map<String, Tensor> tensors) {
        return of(card, tensors, Stem.GREY);
    }

    static ModelProto of(ModelCard card, Map<String, Tensor> tensors, Stem stem) {
        Architecture architecture = card.architecture();
        if (architecture.family() != Architecture.Family.EVA_X) {
            throw new IllegalArgumentException(("'%s' is a baseline that can be trained and measured, but not exported yet; "
                + "train eva-x-ti, eva-x-s or eva-x-b to serve it.").formatted(architecture.id()));
        }
        int grid = Architecture.grid(card.inputSize());
        Weights weights = Weights.of(architecture, grid, card.labels().size(), tensors);
        GraphBuilder graph = new GraphBuilder();
        Ops ops = new Ops(graph);

        Value x = stem.tokens(ops, weights, architecture, card.inputSize(), card.mean(), card.std());
        Value classes = graph.input(NetworkIo.CLASSES, TensorProto.DataType.INT64, "batch", "maps");
        Rotation rotation = new Rotation(ops, grid);
        Block last = null;
        for (int i = 0; i < Architecture.BLOCKS; i++) {
            last = Block.of(ops, weights, architecture, rotation, "blocks." + i + ".", x);
            x = last.output();
        }
        Head head = Head.of(ops, weights, x, grid * grid);
        Value chosen = chosen(ops, card.labels(), head.logits(), classes);
        GradCam cam = GradCam.of(ops, architecture, grid, last, head, rotation, chosen);

        String labels = Integer.toString(card.labels().size());
        String side = Integer.toString(grid);
        graph.output(NetworkIo.LOGITS, head.logits(), TensorProto.DataType.FLOAT, "batch", labels);
        graph.output(NetworkIo.CAM_CLASSES, chosen, TensorProto.DataType.INT64, "batch", "maps");
        graph.output(NetworkIo.CAM_RAW, cam.raw(), TensorProto.DataType.FLOAT, "batch", "maps", side, side);
        graph.output(NetworkIo.CAM_MAP, cam.scaled(), TensorProto.DataType.FLOAT, "batch", "maps", side, side);
        graph.output(NetworkIo.CAM_MAXIMUM, cam.maximum(), TensorProto.DataType.FLOAT, "batch", "maps");
        return graph.build();
    }

    /** Replaces -1 at place j by the label with the j-th largest margin: one pass gives scores and their maps. */
    private static Value chosen(Ops ops, List<LabelCard> labels, Value logits, Value classes) {
        GraphBuilder graph = ops.graph();
        float[] slopes = new float[labels.size()];
        float[] offsets = new float[labels.size()];
        for (int i = 0; i < slopes.length; i++) {
            LabelCard label = labels.get(i);
            slopes[i] = (float) label.calibration().a();
            offsets[i] = (float) (label.calibration().b() - threshold(label));
        }
        Value margins = ops.add(ops.mul(logits, graph.constant("margin.slope", Weight.of(slopes, slopes.length))),
                graph.constant("margin.offset", Weight.of(offsets, offsets.length)));
        Value byMargin = ops.topIndices(margins, ops.dimension(classes, 1));
        return ops.where(ops.less(classes, graph.constant(new long[] {0})), byMargin, classes);
    }

    /** The operating point in calibrated log-odds; a label without one ranks by its distance from even odds. */
    private static double threshold(LabelCard label) {
        if (label.operatingPoint() == null) {
            return 0;
        }
        double point = label.operatingPoint().threshold();
        return Math.log(point / (1 - point));
    }
}
