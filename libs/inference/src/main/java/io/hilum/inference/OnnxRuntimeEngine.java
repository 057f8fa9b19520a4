package io.hilum.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bundle's networks in ONNX Runtime on the CPU.
 *
 * <p>Threading: the sessions are shared by all calls of {@link #infer}; each owns {@code intraOpThreads} - 1 threads,
 * which never spin: on a small machine spinning threads take the cores from everything else.
 */
final class OnnxRuntimeEngine implements InferenceEngine {

    private static final Set<String> SCORES = Set.of(NetworkIo.LOGITS);
    private static final Set<String> ALL = Set.of(
            NetworkIo.LOGITS, NetworkIo.CAM_CLASSES, NetworkIo.CAM_RAW, NetworkIo.CAM_MAP, NetworkIo.CAM_MAXIMUM);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession scores;
    private final OrtSession maps;
    private final ModelCard card;
    private final EngineIdentity identity;

    private OnnxRuntimeEngine(OrtSession scores, OrtSession maps, ModelCard card, String bundleSha256, Precision precision) {
        this.scores = scores;
        this.maps = maps;
        this.card = card;
        this.identity = EngineIdentity.of(card, bundleSha256, "onnxruntime-" + environment.getVersion() + " cpu " + precision.id());
    }

    /**
     * Opens networks and checks that their inputs and outputs are those of {@link NetworkIo}.
     *
     * @param networks of a verified bundle
     */
    static OnnxRuntimeEngine open(RuntimeNetworks networks, ModelCard card, String bundleSha256, EngineOptions options)
            throws BundleRefusedException {
        OrtSession scores = null;
        OrtSession maps = null;
        try (OrtSession.SessionOptions sessionOptions = new OrtSession.SessionOptions()) {
            sessionOptions.setIntraOpNumThreads(options.intraOpThreads());
            sessionOptions.setInterOpNumThreads(1);
            sessionOptions.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (networks.constants().isPresent()) {
                sessionOptions.addConfigEntry("session.model_external_initializers_file_folder_path",
                        networks.constants().get().toAbsolutePath().toString());
            }
            scores = OrtEnvironment.getEnvironment().createSession(networks.scores(), sessionOptions);
            maps = OrtEnvironment.getEnvironment().createSession(networks.maps(), sessionOptions);
            NetworkShapes.requireScores(scores, card);
            NetworkShapes.requireMaps(maps, card);
            return new OnnxRuntimeEngine(scores, maps, card, bundleSha256, networks.precision());
        } catch (OrtException refused) {
            close(scores, maps);
            throw new BundleRefusedException("ONNX Runtime does not load the network of " + card.name() + " "
                    + card.version() + ": " + refused.getMessage(), refused);
        } catch (BundleRefusedException | RuntimeException | Error refused) {
            close(scores, maps);
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
        int count = RequestCheck.maps(card, batch);
        long started = System.nanoTime();
        long[] inputShape = {batch.size(), 1, card.inputSize(), card.inputSize()};
        try (OnnxTensor pixels = OnnxTensor.createTensor(environment, pixels(batch), inputShape, OnnxJavaType.UINT8)) {
            return count == 0 ? score(batch, pixels, started) : explain(batch, pixels, count, started);
        } catch (OrtException failed) {
            throw new InferenceException("ONNX Runtime failed on a batch of " + batch.size() + ": " + failed.getMessage(), failed);
        }
    }

    private List<InferenceResult> score(List<InferenceRequest> batch, OnnxTensor pixels, long started) throws OrtException {
        try (OrtSession.Result outputs = scores.run(Map.of(NetworkIo.INPUT, pixels), SCORES)) {
            return results(batch, 0, NetworkOutputs.scores(floats(outputs, NetworkIo.LOGITS)), started);
        }
    }

    private List<InferenceResult> explain(List<InferenceRequest> batch, OnnxTensor pixels, int count, long started)
            throws OrtException {
        try (OnnxTensor classes = OnnxTensor.createTensor(environment, classes(batch, count), new long[] {batch.size(), count});
                OrtSession.Result outputs = maps.run(Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, classes), ALL)) {
            return results(batch, count, new NetworkOutputs(floats(outputs, NetworkIo.LOGITS),
                    tensor(outputs, NetworkIo.CAM_CLASSES).getLongBuffer(), floats(outputs, NetworkIo.CAM_RAW),
                    floats(outputs, NetworkIo.CAM_MAP), floats(outputs, NetworkIo.CAM_MAXIMUM)), started);
        }
    }

    private List<InferenceResult> results(List<InferenceRequest> batch, int count, NetworkOutputs outputs, long started) {
        return new OutputReader(card, identity, count, outputs).results(batch, started, System.nanoTime());
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
        close(scores, maps);
    }

    private static ByteBuffer pixels(List<InferenceRequest> batch) {
        ByteBuffer all = ByteBuffer.allocateDirect(batch.size() * batch.get(0).input().length).order(ByteOrder.nativeOrder());
        batch.forEach(request -> all.put(request.input()));
        return all.rewind();
    }

    /** One row an image; who asked for fewer maps than its neighbours has the rest computed and dropped. */
    private static LongBuffer classes(List<InferenceRequest> batch, int count) {
        LongBuffer all = ByteBuffer.allocateDirect(batch.size() * count * Long.BYTES)
                .order(ByteOrder.nativeOrder()).asLongBuffer();
        for (InferenceRequest request : batch) {
            for (int k = 0; k < count; k++) {
                all.put(k < request.mapLabels().length ? request.mapLabels()[k] : InferenceRequest.MOST_RELEVANT);
            }
        }
        return all.flip();
    }

    private static void close(OrtSession... sessions) {
        for (OrtSession session : sessions) {
            try {
                if (session != null) {
                    session.close();
                }
            } catch (OrtException lost) {
                throw new IllegalStateException("ONNX Runtime does not close its session: " + lost.getMessage(), lost);
            }
        }
    }
}
