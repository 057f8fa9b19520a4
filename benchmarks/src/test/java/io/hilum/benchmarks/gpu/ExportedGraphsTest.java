package io.hilum.benchmarks.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorRT would be given, computed by ONNX Runtime, which reads such graphs, too. */
class ExportedGraphsTest {

    private static Path write(GpuModel model, Precision precision, int maps, Path parent) throws IOException {
        return new ExportedGraphs().write(model, precision, maps, Files.createTempDirectory(parent, "graph"));
    }

    @Test
    void theGraphsOfTheCheckAreTheReferencesNetwork(@TempDir Path folder) throws IOException, OrtException {
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        long[] shape = {1, 1, 48, 48};
        long[] classes = new long[Agenda.MAPS];
        for (int k = 0; k < classes.length; k++) {
            classes[k] = model.reference().classes()[0][k];
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        for (int maps : new int[] {0, Agenda.MAPS}) {
            Path graph = write(model, Precision.FP32, maps, folder);
            ByteBuffer pixels = ByteBuffer.allocateDirect(48 * 48).put(model.reference().inputs()[0]).rewind();
            try (OrtSession session = environment.createSession(graph.toString());
                    OnnxTensor image = OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
                    OnnxTensor wanted = OnnxTensor.createTensor(environment, new long[][] {classes});
                    OrtSession.Result result = session.run(maps == 0 ? Map.of(NetworkIo.INPUT, image)
                        : Map.of(NetworkIo.INPUT, image, NetworkIo.CLASSES, wanted))) {
                float[][] logits = (float[][]) result.get(NetworkIo.LOGITS).orElseThrow().getValue();
                assertArrayEquals(model.reference().logits()[0], logits[0], 2e-5f);
                if (maps > 0) {
                    float[][][][] raw = (float[][][][]) result.get(NetworkIo.CAM_RAW).orElseThrow().getValue();
                    assertArrayEquals(java.util.Arrays.copyOf(model.reference().raw()[0][0], 3), raw[0][0][0], 1e-5f);
                }
            }
        }
    }

    @Test
    void everyPrecisionOfTheAgendaIsWritten(@TempDir Path folder) throws IOException {
        GpuModel model = TinyModel.make(folder, Architecture.EVA_X_TI);
        for (Job job : Agenda.of(List.of(model))) {
            if (job.who() == Who.HILUM) {
                assertTrue(Files.size(write(model, job.precision(), job.maps(), folder)) > 10_000, job.toString());
            }
        }
        assertThrows(IOException.class, () -> write(model, Precision.INT8, 0, folder));
    }
}
