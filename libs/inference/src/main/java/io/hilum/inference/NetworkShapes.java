package io.hilum.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.card.ModelCard;
import java.util.Arrays;
import java.util.Map;

/** Whether a network's inputs and outputs are those of {@link NetworkIo}, with the card's labels and sizes. */
final class NetworkShapes {

    private NetworkShapes() {}

    static void requireScores(OrtSession session, ModelCard card) throws OrtException, BundleRefusedException {
        long size = card.inputSize();
        require(card, session.getInputInfo(), NetworkIo.INPUT, OnnxJavaType.UINT8, -1, 1, size, size);
        require(card, session.getOutputInfo(), NetworkIo.LOGITS, OnnxJavaType.FLOAT, -1, card.labels().size());
        require(card, session.getOutputInfo(), NetworkIo.PROBABILITIES, OnnxJavaType.FLOAT, -1, card.labels().size());
    }

    static void requireMaps(OrtSession session, ModelCard card) throws OrtException, BundleRefusedException {
        requireScores(session, card);
        long grid = Architecture.grid(card.inputSize());
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        require(card, session.getInputInfo(), NetworkIo.CLASSES, OnnxJavaType.INT64, -1, -1);
        require(card, outputs, NetworkIo.CAM_CLASSES, OnnxJavaType.INT64, -1, -1);
        require(card, outputs, NetworkIo.CAM_RAW, OnnxJavaType.FLOAT, -1, -1, grid, grid);
        require(card, outputs, NetworkIo.CAM_MAP, OnnxJavaType.FLOAT, -1, -1, grid, grid);
        require(card, outputs, NetworkIo.CAM_MAXIMUM, OnnxJavaType.FLOAT, -1, -1);
    }

    private static void require(ModelCard card, Map<String, NodeInfo> nodes, String name, OnnxJavaType type, long... shape)
            throws BundleRefusedException {
        NodeInfo node = nodes.get(name);
        if (node == null || !(node.getInfo() instanceof TensorInfo info) || info.type != type
                || !Arrays.equals(info.getShape(), shape)) {
            throw new BundleRefusedException("The network of " + card.name() + " " + card.version() + " does not fit its "
                    + "card: '" + name + "' should be " + type + Arrays.toString(shape) + " and is "
                    + (node == null ? "missing" : node.getInfo()) + ".");
        }
    }
}
