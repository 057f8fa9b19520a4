package io.hilum.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bundle's network in ONNX Runtime on the CPU, fp32.
 *
 * <p>Threading: the session is shared by all calls of {@link #infer} and owns {@code intraOpThreads} - 1 threads of
 * its own, which never spin: on a small machine spinning threads take the cores from everything else.
 */
final class OnnxRuntimeEngine implements InferenceEngine {

    private static final Set<String> OUTPUTS = Set.of(
            NetworkIo.LOGITS, NetworkIo.CAM_CLASSES, NetworkIo.CAM_RAW, NetworkIo.CAM_MAP, NetworkIo.CAM_MAXIMUM);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ModelCard card;
    private final EngineIdentity identity;

    private OnnxRuntimeEngine(OrtSession session, ModelCard card, String bundleSha256) {
        this.session = session;
        this.card = card;
        this.identity = new EngineIdentity(card.name(), card.version(), bundleSha256,
                "onnxruntime-" + environment.getVersion() + " cpu fp32", card.trainedOnSynthetic(),
                card.notice() == null ? "" : card.notice());
    }

    /**
     * Opens a network and checks that its inputs and outputs are those of {@link NetworkIo}.
     *
     * @param network the bytes of a verified {@code model.onnx}
     */
    static OnnxRuntimeEngine open(byte[] network, ModelCard card, String bundleSha256, EngineOptions options)
            throws BundleRefusedException {
        OrtSession session = null;
        try (OrtSession.SessionOptions sessionOptions = new OrtSession.SessionOptions()) {
            sessionOptions.setIntraOpNumThreads(options.intraOpThreads());
            sessionOptions.setInterOpNumThreads(1);
            sessionOptions.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OrtEnvironment.getEnvironment().createSession(network, sessionOptions);
            requireShapes(session, card);
            return new OnnxRuntimeEngine(session, card, bundleSha256);
        } catch (OrtException refused) {
            throw new BundleRefusedException("ONNX Runtime does not load the network of " + card.name() + " "
                    + card.version() + ": " + refused.getMessage(), refused);
        } catch (BundleRefusedException refused) {
            closeQuietly(session);
            throw refused;
        }
    }

    @Override
    public EngineIdentity identity() {
        return identity;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        int maps = 0;
        for (InferenceRequest request : batch) {
            maps = Math.max(maps, RequestCheck.requireFit(request, card));
        }
        long started = System.nanoTime();
        long[] inputShape = {batch.size(), 1, card.inputSize(), card.inputSize()};
        try (OnnxTensor pixels = OnnxTensor.createTensor(environment, pixels(batch), inputShape, OnnxJavaType.UINT8);
                OnnxTensor classes = OnnxTensor.createTensor(
                        environment, classes(batch, maps), new long[] {batch.size(), maps});
                OrtSession.Result outputs =
                        session.run(Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, classes), OUTPUTS)) {
            return new OutputReader(card, identity, maps, read(outputs, maps)).results(batch, started, System.nanoTime());
        } catch (OrtException failed) {
            throw new InferenceException("ONNX Runtime failed on a batch of " + batch.size() + ": " + failed.getMessage(), failed);
        }
    }

    private static NetworkOutputs read(OrtSession.Result outputs, int maps) {
        if (maps == 0) {
            return NetworkOutputs.scores(floats(outputs, NetworkIo.LOGITS));
        }
        return new NetworkOutputs(floats(outputs, NetworkIo.LOGITS), tensor(outputs, NetworkIo.CAM_CLASSES).getLongBuffer(),
                floats(outputs, NetworkIo.CAM_RAW), floats(outputs, NetworkIo.CAM_MAP), floats(outputs, NetworkIo.CAM_MAXIMUM));
    }

    private static FloatBuffer floats(OrtSession.Result outputs, String name) {
        return tensor(outputs, name).getFloatBuffer();
    }

    private static OnnxTensor tensor(OrtSession.Result outputs, String name) {
        return (OnnxTensor) outputs.get(name)
                .orElseThrow(() -> new InferenceException("The model gave no output '" + name + "'."));
    }

    @Override
    public void close() {
        closeQuietly(session);
    }

    private static ByteBuffer pixels(List<InferenceRequest> batch) {
        ByteBuffer all = ByteBuffer.allocateDirect(batch.size() * batch.get(0).input().length).order(ByteOrder.nativeOrder());
        batch.forEach(request -> all.put(request.input()));
        return all.rewind();
    }

    /** One row an image; who asked for fewer maps than its neighbours has the rest computed and dropped. */
    private static LongBuffer classes(List<InferenceRequest> batch, int maps) {
        LongBuffer all = ByteBuffer.allocateDirect(Math.max(1, batch.size() * maps) * Long.BYTES)
                .order(ByteOrder.nativeOrder()).asLongBuffer();
        for (InferenceRequest request : batch) {
            for (int k = 0; k < maps; k++) {
                all.put(k < request.mapLabels().length ? request.mapLabels()[k] : InferenceRequest.MOST_RELEVANT);
            }
        }
        return all.flip();
    }

    private static void requireShapes(OrtSession session, ModelCard card) throws OrtException, BundleRefusedException {
        long size = card.inputSize();
        long grid = Architecture.grid(card.inputSize());
        requireShape(card, session.getInputInfo(), NetworkIo.INPUT, OnnxJavaType.UINT8, -1, 1, size, size);
        requireShape(card, session.getInputInfo(), NetworkIo.CLASSES, OnnxJavaType.INT64, -1, -1);
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        requireShape(card, outputs, NetworkIo.LOGITS, OnnxJavaType.FLOAT, -1, card.labels().size());
        requireShape(card, outputs, NetworkIo.CAM_CLASSES, OnnxJavaType.INT64, -1, -1);
        requireShape(card, outputs, NetworkIo.CAM_RAW, OnnxJavaType.FLOAT, -1, -1, grid, grid);
        requireShape(card, outputs, NetworkIo.CAM_MAP, OnnxJavaType.FLOAT, -1, -1, grid, grid);
        requireShape(card, outputs, NetworkIo.CAM_MAXIMUM, OnnxJavaType.FLOAT, -1, -1);
    }

    private static void requireShape(ModelCard card, Map<String, NodeInfo> nodes, String name, OnnxJavaType type, long... shape)
            throws BundleRefusedException {
        NodeInfo node = nodes.get(name);
        if (node == null || !(node.getInfo() instanceof TensorInfo info) || info.type != type
                || !Arrays.equals(info.getShape(), shape)) {
            throw new BundleRefusedException("The network of " + card.name() + " " + card.version() + " does not fit its "
                    + "card: '" + name + "' should be " + type + Arrays.toString(shape) + " and is "
                    + (node == null ? "missing" : node.getInfo()) + ".");
        }
    }

    private static void closeQuietly(OrtSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException lost) {
            throw new IllegalStateException("ONNX Runtime does not close its session: " + lost.getMessage(), lost);
        }
    }
}
