package io.hilum.exporter.quantise;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.onnx.ActivationRange;
import io.hilum.exporter.onnx.QuantisedNetwork;
import io.hilum.exporter.proof.RawSession;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs films of the training set through the network in fp32 and notes how large its activations get, by channel. */
final class RangeMeasurement {

    /** Enough for the largest values to stop growing; more takes time and changes nothing that was measured. */
    static final int FILMS = 256;

    private RangeMeasurement() {}

    /**
     * @param probe file of {@link QuantisedNetwork#probe}
     * @return by site, as {@link QuantisedNetwork} names them
     */
    static Map<String, ActivationRange> of(ModelCard card, Path probe, LabelledFilms films) throws ExportException {
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        int count = Math.min(FILMS, films.count());
        try (RawSession session = new RawSession(probe)) {
            for (int i = 0; i < count; i++) {
                // Spread over the set: neighbours may be of one patient.
                add(ranges, run(session, card.inputSize(), films.film((int) ((long) i * films.count() / count))));
            }
        } catch (OrtException failed) {
            throw new ExportException("The ranges of activations cannot be measured: " + failed.getMessage(), failed);
        }
        return ranges;
    }

    private static Map<String, float[]> run(RawSession session, int size, byte[] film) throws OrtException {
        ByteBuffer pixels = ByteBuffer.allocateDirect(film.length).put(film).rewind();
        try (OnnxTensor image = OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), pixels, new long[] {1, 1, size, size}, OnnxJavaType.UINT8)) {
            return session.run(Map.of(NetworkIo.INPUT, image));
        }
    }

    private static void add(Map<String, ActivationRange> ranges, Map<String, float[]> outputs) {
        outputs.forEach((name, lows) -> {
            if (name.startsWith(QuantisedNetwork.LOW)) {
                String site = name.substring(QuantisedNetwork.LOW.length());
                ranges.computeIfAbsent(site, any -> ActivationRange.none(lows.length))
                        .add(lows, outputs.get(QuantisedNetwork.HIGH + site));
            }
        });
    }
}
