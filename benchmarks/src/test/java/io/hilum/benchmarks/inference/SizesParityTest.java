package io.hilum.benchmarks.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import io.hilum.benchmarks.train.PeerFile;
import io.hilum.exporter.WorkFolder;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.proof.RawSession;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
import io.hilum.model.bundle.Tolerance;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks of the larger sizes, both targets, against the trainer's forward pass and its autograd. */
class SizesParityTest {

    private static final int SIZE = 112;
    private static final int LABELS = 2;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"EVA_X_S,TENSORRT", "EVA_X_S,ONNX_RUNTIME", "EVA_X_B,TENSORRT", "EVA_X_B,ONNX_RUNTIME"})
    void computesNoLargerNetworkOtherwiseThanTheTrainer(Architecture architecture, Target target) throws Exception {
        PeerFile drawn = PeerFile.draw(architecture, SIZE, LABELS, 3);
        byte[] film = new byte[SIZE * SIZE];
        new Random(9).nextBytes(film);
        Network.Maps expected;
        try (NDManager root = Torch.start(2);
                Network network = new Network(root, architecture, drawn.weights(), SIZE, Architecture.MEAN, Architecture.STD)) {
            expected = network.maps(Parity.direct(film));
        }
        Map<String, float[]> actual = run(card(architecture), drawn, target, film);
        double logits = Tolerance.difference(expected.logits(), actual.get(NetworkIo.LOGITS));
        assertTrue(logits <= Tolerance.logits(expected.logits()), architecture + ": logits differ by " + logits);
        int cells = actual.get(NetworkIo.CAM_RAW).length / LABELS;
        for (int label = 0; label < LABELS; label++) {
            float[] reference = Arrays.copyOfRange(expected.maps(), label * cells, (label + 1) * cells);
            double raw = Tolerance.difference(reference, Arrays.copyOfRange(actual.get(NetworkIo.CAM_RAW), label * cells, (label + 1) * cells))
                    / Tolerance.largest(reference);
            assertTrue(raw <= Tolerance.CAM, architecture + ": raw map " + label + " differs by " + raw);
        }
        System.out.println(architecture + " " + target + ": logits differ by " + logits);
    }

    private Map<String, float[]> run(ModelCard card, PeerFile drawn, Target target, byte[] film) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (WorkFolder work = WorkFolder.in(temp);
                RawSession session = new RawSession(work.alone(
                        EvaXGraph.of(card, drawn.weights(), new NetworkForm(target, Precision.FP32, NetworkFile.ANY))));
                OnnxTensor pixels = OnnxTensor.createTensor(environment, Parity.direct(film), new long[] {1, 1, SIZE, SIZE}, OnnxJavaType.UINT8);
                OnnxTensor classes = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {0, 1}), new long[] {1, LABELS})) {
            return session.run(Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, classes));
        }
    }

    private static ModelCard card(Architecture architecture) {
        List<LabelCard> labels = IntStream.range(0, LABELS).mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE, null)).toList();
        return new ModelCard(ModelCard.SCHEMA, "sizes", "1", architecture, SIZE, Geometry.STRETCH, Architecture.MEAN, Architecture.STD,
                labels, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
    }
}
