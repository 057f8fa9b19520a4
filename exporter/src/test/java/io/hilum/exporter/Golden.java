package io.hilum.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference values that lie beside the repository; tests that need them are skipped, and say so, without. */
public final class Golden {

    private Golden() {}

    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("hilum.shared", "../shared"), "golden", name);
        Assumptions.assumeTrue(Files.isDirectory(folder),
                "SKIPPED: the reference values are not at " + folder + " (-Dhilum.shared=DIR)");
        return folder;
    }

    public static float[] floats(String name, String array) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder(name).resolve(array + ".bin"))).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Largest absolute difference. */
    public static double difference(float[] expected, float[] actual) {
        double largest = expected.length == actual.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }
}
