package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.weights.PtCheckpoint;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Reference values that lie beside the repository; tests that need them are skipped, and say so, without. */
public record Golden(Path folder) {
    public static Golden of(String name) {
        Path folder = Path.of(System.getProperty("hilum.shared", "../shared"), "golden", name);
        // ./hilum bench train counts tests by this line.
        System.out.println("golden: " + name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "SKIPPED: the reference values are not at " + folder + " (-Dhilum.shared=DIR)");
        return new Golden(folder);
    }

    public float[] floats(String array) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(array + ".bin"));
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] out = new float[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    public double[] doubles(String array) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(array + ".bin"));
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        double[] out = new double[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    public JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(file).toFile());
    }

    /** The random Ti checkpoint at 224 pixels with the 14-class head of the reference values. */
    public static Map<String, Tensor> tiny(ReferenceWeights.FinalNorm norm) throws IOException {
        Golden forward = of("forward_ti");
        var state = PtCheckpoint.read(of("checkpoints").folder().resolve("eva_x_tiny_patch16_random_mim.pt"));
        var all = new LinkedHashMap<>(ReferenceWeights.body(state, Architecture.EVA_X_TI, 14, norm));
        all.put("head.weight", Tensor.of(forward.floats("head_weight"), 14, 192));
        all.put("head.bias", Tensor.of(forward.floats("head_bias"), 14));
        return all;
    }

    public static void assertNear(float[] expected, float[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
        }
        System.out.println(what + ": off by " + worst);
        assertTrue(worst <= tolerance, what + " is off by " + worst + ", allowed " + tolerance);
    }
}
