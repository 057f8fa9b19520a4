package io.hilum.exporter.proof;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A network in ONNX Runtime with all its outputs as arrays: for what is measured while exporting, not for service.
 *
 * <p>Threading: one thread.
 */
public final class RawSession implements AutoCloseable {

    private final OrtSession session;

    private interface Opening {
        OrtSession with(OrtSession.SessionOptions options) throws OrtException;
    }

    /** @param network with its constants inside */
    public RawSession(byte[] network) throws OrtException {
        this(options -> OrtEnvironment.getEnvironment().createSession(network, options));
    }

    /** @param network its constants beside it */
    public RawSession(Path network) throws OrtException {
        this(options -> OrtEnvironment.getEnvironment().createSession(network.toString(), options));
    }

    private RawSession(Opening opening) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = opening.with(options);
        }
    }

    /** @return the fp32 outputs by name, row by row */
    public Map<String, float[]> run(Map<String, OnnxTensor> inputs) throws OrtException {
        Map<String, float[]> outputs = new HashMap<>();
        try (OrtSession.Result result = session.run(inputs)) {
            result.forEach(output -> {
                FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                if (buffer != null) {
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), values);
                }
            });
        }
        return outputs;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
