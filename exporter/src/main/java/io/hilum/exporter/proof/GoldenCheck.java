package io.hilum.exporter.proof;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.GoldenProof;
import io.hilum.model.bundle.Target;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Bilinear;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The graphs of this exporter against numbers that the public reference implementation computed: EVA-X-Ti with random
 * weights, two images, the maps of four labels. Both targets are written with those weights and run in ONNX Runtime.
 *
 * @param folder {@code golden}, with {@code checkpoints}, {@code forward_ti} and {@code grad_cam}
 */
public record GoldenCheck(Path folder) {

    static final double LOGITS = 2e-5;
    static final double FINAL_MAPS = 1e-3;
    private static final int SIZE = 224;
    private static final int LABELS = 14;
    private static final int IMAGES = 2;
    private static final int CELLS = Architecture.BASE_GRID * Architecture.BASE_GRID;
    private static final long[] CLASSES = {0, 1, 7, 4};

    /** @throws ExportException when a number differs by more than is allowed */
    public GoldenProof run() throws ExportException, IOException {
        double logits = 0;
        double raw = 0;
        double finals = 0;
        Map<String, Tensor> weights = weights();
        for (Target target : Target.values()) {
            Map<String, float[]> outputs = outputs(weights, target);
            logits = Math.max(logits, Tolerance.difference(floats("forward_ti", "logits"), outputs.get(NetworkIo.LOGITS)));
            raw = Math.max(raw, rawMaps(outputs.get(NetworkIo.CAM_RAW)));
            finals = Math.max(finals, finalMaps(outputs.get(NetworkIo.CAM_MAP)));
        }
        if (logits > LOGITS || raw > Tolerance.CAM || finals > FINAL_MAPS) {
            throw new ExportException(("This exporter's graphs do not compute the reference's numbers in %s: logits differ by %.2g "
                    + "(allowed %.2g), raw maps by %.2g of their maximum (allowed %.2g), final maps by %.2g (allowed %.2g). "
                    + "Nothing was exported.").formatted(folder, logits, LOGITS, raw, Tolerance.CAM, finals, FINAL_MAPS));
        }
        return new GoldenProof(logits, LOGITS, raw, Tolerance.CAM, finals, FINAL_MAPS);
    }

    private Map<String, float[]> outputs(Map<String, Tensor> weights, Target target) throws ExportException, IOException {
        NetworkForm form = new NetworkForm(target, Precision.FP32, NetworkFile.ANY);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] classes = new long[IMAGES * CLASSES.length];
        Arrays.setAll(classes, i -> CLASSES[i % CLASSES.length]);
        try (RawSession session = new RawSession(EvaXGraph.ofNormalised(card(), weights, form).embedded());
                OnnxTensor images = OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats("forward_ti", "input")),
                        new long[] {IMAGES, Architecture.CHANNELS, SIZE, SIZE});
                OnnxTensor asked = OnnxTensor.createTensor(environment, LongBuffer.wrap(classes),
                        new long[] {IMAGES, CLASSES.length})) {
            return session.run(Map.of(NetworkIo.INPUT, images, NetworkIo.CLASSES, asked));
        } catch (OrtException failed) {
            throw new ExportException("The reference's network does not run for " + target.id() + ": " + failed.getMessage(), failed);
        }
    }

    private double rawMaps(float[] actual) throws IOException {
        float[] expected = floats("grad_cam", "raw_cam_14x14");
        double worst = 0;
        for (int map = 0; map < IMAGES * CLASSES.length; map++) {
            float[] reference = Arrays.copyOfRange(expected, map * CELLS, (map + 1) * CELLS);
            float[] ours = Arrays.copyOfRange(actual, map * CELLS, (map + 1) * CELLS);
            worst = Math.max(worst, Tolerance.difference(reference, ours) / Tolerance.largest(reference));
        }
        return worst;
    }

    /** As a consumer of maps ends: bilinear to the input's size, then min-max again. Of the first image. */
    private double finalMaps(float[] cells) throws IOException {
        float[] expected = floats("grad_cam", "final_map_224");
        double worst = 0;
        for (int map = 0; map < CLASSES.length; map++) {
            float[] fine = Bilinear.resize(Arrays.copyOfRange(cells, map * CELLS, (map + 1) * CELLS), Architecture.BASE_GRID, SIZE);
            double low = IntStream.range(0, fine.length).mapToDouble(i -> fine[i]).min().orElseThrow();
            double high = IntStream.range(0, fine.length).mapToDouble(i -> fine[i]).max().orElseThrow();
            for (int i = 0; i < fine.length; i++) {
                fine[i] = (float) ((fine[i] - low) / (high - low + 1e-7));
            }
            worst = Math.max(worst, Tolerance.difference(
                    Arrays.copyOfRange(expected, map * SIZE * SIZE, (map + 1) * SIZE * SIZE), fine));
        }
        return worst;
    }

    private Map<String, Tensor> weights() throws IOException {
        Map<String, Tensor> tensors = new HashMap<>(ReferenceWeights.body(
                PtCheckpoint.read(folder.resolve("checkpoints").resolve("eva_x_tiny_patch16_random_mim.pt")),
                Architecture.EVA_X_TI, Architecture.BASE_GRID, ReferenceWeights.FinalNorm.KEEP));
        tensors.put("head.weight", Tensor.of(floats("forward_ti", "head_weight"), LABELS, Architecture.EVA_X_TI.dim()));
        tensors.put("head.bias", Tensor.of(floats("forward_ti", "head_bias"), LABELS));
        return tensors;
    }

    private static ModelCard card() {
        List<LabelCard> labels = IntStream.range(0, LABELS)
                .mapToObj(i -> new LabelCard("label " + i, Calibration.NONE, null)).toList();
        return new ModelCard(ModelCard.SCHEMA, "reference", "1", Architecture.EVA_X_TI, SIZE, Geometry.STRETCH,
                Architecture.MEAN, Architecture.STD, labels, List.of(), null, false, "");
    }

    private float[] floats(String group, String array) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(group).resolve(array + ".bin"))).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
