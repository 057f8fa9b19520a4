package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every operation of RandAugment against Pillow's own result ({@code src/test/python/pillow_operations.py} wrote it). */
class PillowTest {
    private static final int SIDE = 24;

    @Test
    void noOperationDiffersFromPillowInASinglePixel() throws IOException {
        byte[] expected = read("pillow.bin");
        List<String> cases = new String(read("pillow.csv"), StandardCharsets.UTF_8).lines().toList();
        assertEquals(cases.size() * SIDE * SIDE, expected.length);
        var seen = new HashSet<Distortion>();
        for (int i = 0; i < cases.size(); i++) {
            String[] fields = cases.get(i).split(",");
            Distortion operation = Distortion.valueOf(fields[0]);
            GreyImage image = image();
            operation.apply(image, Double.parseDouble(fields[1]), Integer.parseInt(fields[2]), fields[3].equals("cubic"), 125);
            assertArrayEquals(Arrays.copyOfRange(expected, i * SIDE * SIDE, (i + 1) * SIDE * SIDE), image.finish(), cases.get(i));
            seen.add(operation);
        }
        assertEquals(Distortion.values().length, seen.size(), "every operation is held against Pillow");
    }

    @Test
    void operationsInOneTableDoNotDifferFromOneAfterAnother() {
        for (Distortion first : Distortion.values()) {
            for (Distortion second : Distortion.values()) {
                GreyImage together = image();
                first.apply(together, 0.6, 1, true, 125);
                second.apply(together, 0.55, -1, true, 125);
                GreyImage apart = image();
                first.apply(apart, 0.6, 1, true, 125);
                byte[] between = apart.finish().clone();
                System.arraycopy(between, 0, apart.begin(SIDE), 0, between.length);
                second.apply(apart, 0.55, -1, true, 125);
                assertArrayEquals(apart.finish(), together.finish(), first + ", then " + second);
            }
        }
    }

    @Test
    void anImageOfOneLevelStaysAnImage() {
        for (Distortion operation : Distortion.values()) {
            GreyImage image = new GreyImage();
            Arrays.fill(image.begin(SIDE), (byte) 125);
            operation.apply(image, 0.6, 1, true, 125);
            byte[] out = image.finish();
            byte[] flat = new byte[out.length];
            Arrays.fill(flat, out[0]);
            assertArrayEquals(flat, out, operation.name());
        }
    }

    private static GreyImage image() {
        var image = new GreyImage();
        byte[] pixels = image.begin(SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                pixels[y * SIDE + x] = (byte) ((x * x * 3 + y * 7 + (x > y ? 60 : 0) + x * y % 13) % 211 + 20);
            }
        }
        return image;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = PillowTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
