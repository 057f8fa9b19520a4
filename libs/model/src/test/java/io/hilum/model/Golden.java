package io.hilum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference values that lie beside the repository; tests that need them are skipped, and say so, without. */
public record Golden(Path folder, JsonNode manifest) {
    public static Golden of(String name) throws IOException {
        Path folder = Path.of(System.getProperty("hilum.shared", "../shared"), "golden", name);
        // ./hilum bench train counts tests by this line.
        System.out.println("golden: " + name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "SKIPPED: the reference values are not at " + folder + " (-Dhilum.shared=DIR)");
        Path manifest = folder.resolve("manifest.json");
        return new Golden(folder, Files.exists(manifest) ? new ObjectMapper().readTree(manifest.toFile()) : null);
    }

    public byte[] bytes(String array) throws IOException {
        return Files.readAllBytes(folder.resolve(array + ".bin"));
    }

    public float[] floats(String array) throws IOException {
        var buffer = ByteBuffer.wrap(bytes(array)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] out = new float[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    public double[] doubles(String array) throws IOException {
        var buffer = ByteBuffer.wrap(bytes(array)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        double[] out = new double[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    public JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(file).toFile());
    }

    public static void assertNear(float[] expected, float[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
        }
        assertTrue(worst <= tolerance, what + " is off by " + worst + ", allowed " + tolerance);
    }

    public int[] shape(String array) {
        JsonNode shape = manifest.path("arrays").path(array).path("shape");
        int[] out = new int[shape.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = shape.get(i).asInt();
        }
        return out;
    }
}
