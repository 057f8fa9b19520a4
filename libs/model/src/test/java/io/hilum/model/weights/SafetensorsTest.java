package io.hilum.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir Path dir;

    @Test
    void losesNoValueNameOrOrderOnTheWay() throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("z", Tensor.of(new float[] {1, -2.5f, Float.MIN_VALUE}, 3));
        tensors.put("a.half", Tensor.of(new float[] {0.1f, 65504}, 1, 2).toF16());
        tensors.put("n", Tensor.of(new long[] {Long.MIN_VALUE, 7}, 2));
        tensors.put("u", Tensor.of(new byte[] {0, -1}, 2, 1));
        tensors.put("none", Tensor.of(new float[0], 0));
        Path file = dir.resolve("w.safetensors");
        new Safetensors(tensors, Map.of("format", "pt")).write(file);
        var back = Safetensors.read(file);
        assertEquals("[z, a.half, n, u, none]", back.tensors().keySet().toString());
        assertEquals(Map.of("format", "pt"), back.metadata());
        assertArrayEquals(new float[] {1, -2.5f, Float.MIN_VALUE}, back.get("z").floats());
        assertArrayEquals(new float[] {0.099975586f, 65504}, back.get("a.half").floats());
        assertArrayEquals(new long[] {Long.MIN_VALUE, 7}, back.get("n").longs());
        assertArrayEquals(new float[] {0, 255}, back.get("u").floats());
    }

    @Test
    void leavesNoHalfFileWhenWritingStops() throws IOException {
        Path file = dir.resolve("w.safetensors");
        try (var writer = new SafetensorsWriter(file, Map.of("x", new SafetensorsWriter.Spec(DType.F32, 10)), Map.of())) {
            writer.append(ByteBuffer.allocate(8));
            assertThrows(IllegalStateException.class, writer::finish);
        }
        assertFalse(Files.exists(file));
        try (var left = Files.list(dir)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void refusesHostileHeadersWithASentence() throws IOException {
        for (String header : new String[] {"{\"x\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}}",
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
            "{\"x\":{\"dtype\":\"Q9\",\"shape\":[1],\"data_offsets\":[0,4]}}", "not json"}) {
            Path file = dir.resolve("bad");
            byte[] text = header.getBytes(StandardCharsets.UTF_8);
            Files.write(file, ByteBuffer.allocate(12 + text.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array());
            assertTrue(assertThrows(IOException.class, () -> Safetensors.read(file)).getMessage().contains("is not a sound"), header);
        }
        Path file = dir.resolve("long");
        Files.write(file, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60).array());
        assertThrows(IOException.class, () -> Safetensors.read(file));
    }

    @Test
    void everyHalfSurvivesTheWayThroughFloat() {
        for (int h = 0; h < 0x10000; h++) {
            float f = Half.toFloat((short) h);
            if (Float.isNaN(f)) {
                assertTrue(Float.isNaN(Half.toFloat(Half.fromFloat(f))));
            } else {
                assertEquals((short) h, Half.fromFloat(f), "half " + h);
                // A value half-way to the next rounds to the even one.
                float next = Half.toFloat((short) (h + 1));
                if (Float.isFinite(next) && (h & 0x7fff) < 0x7bff) {
                    short even = (short) ((h & 1) == 0 ? h : h + 1);
                    assertEquals(even, Half.fromFloat((f + next) / 2), "above half " + h);
                }
            }
        }
        assertEquals((short) 0x7c00, Half.fromFloat(65520f));
        assertEquals((short) 0x7bff, Half.fromFloat(65519f));
    }
}
