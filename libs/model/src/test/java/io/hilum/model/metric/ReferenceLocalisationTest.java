package io.hilum.model.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.model.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReferenceLocalisationTest {
    private static final int SIDE = 224;
    private static final double PIXEL = 0.005;

    @Test
    @Tag("golden")
    void boxesAreMeasuredAsInTheReference() throws IOException {
        Golden golden = Golden.of("localisation");
        float[] raw = golden.floats("raw_cam_14x14");
        double[] boxes = doubles(golden, "boxes_xywh_1024");
        double[] at40 = doubles(golden, "iou_at_0.40");
        double[] all = doubles(golden, "iou_all_thresholds_0.01_to_0.60");
        float[] finals = golden.floats("final_map_224");
        List<float[]> maps = new ArrayList<>();
        List<int[]> pixels = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            maps.add(BoxLocalisation.finalMap(Arrays.copyOfRange(raw, i * 196, (i + 1) * 196), 14, SIDE));
            pixels.add(BoxLocalisation.box(Arrays.copyOfRange(boxes, i * 4, i * 4 + 4), 1024, SIDE));
            assertEquals(at40[i], BoxLocalisation.iou(maps.get(i), SIDE, pixels.get(i), 0.40), PIXEL, "map " + i);
            for (int t = 0; t < 60; t++) {
                assertEquals(all[t * 10 + i], BoxLocalisation.iou(maps.get(i), SIDE, pixels.get(i), (t + 1) / 100.0), PIXEL, "map " + i + " at " + (t + 1));
            }
            if (i < 3) {
                Golden.assertNear(Arrays.copyOfRange(finals, i * SIDE * SIDE, (i + 1) * SIDE * SIDE), maps.get(i), 1e-3, "final map " + i);
            }
        }
        JsonNode expected = golden.json("expected.json");
        List<BoxLocalisation.Row> table = BoxLocalisation.table(maps, SIDE, pixels);
        for (int t = 0; t < 60; t++) {
            assertEquals(expected.get("table").get(t).get("ap25").asDouble(), table.get(t).ap25(), 1e-6, "AP25 in row " + t);
            assertEquals(expected.get("table").get(t).get("ap50").asDouble(), table.get(t).ap50(), 1e-6, "AP50 in row " + t);
            assertEquals(expected.get("table").get(t).get("mean_iou").asDouble(), table.get(t).meanIou(), PIXEL);
        }
        BoxLocalisation.Row best = BoxLocalisation.best(table);
        assertEquals(expected.get("best").get("threshold").asDouble(), best.threshold(), 1e-9);
        assertEquals(expected.get("best").get("map").asDouble(), best.map(), 1e-6);
        assertTrue(Arrays.equals(ints(golden, "boxes_xywh_224_int"), pixels.stream().flatMapToInt(Arrays::stream).toArray()));
    }

    private static double[] doubles(Golden golden, String name) throws IOException {
        var buffer = ByteBuffer.wrap(Files.readAllBytes(golden.folder().resolve(name + ".bin"))).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        double[] out = new double[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    private static int[] ints(Golden golden, String name) throws IOException {
        var buffer = ByteBuffer.wrap(Files.readAllBytes(golden.folder().resolve(name + ".bin"))).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] out = new int[buffer.remaining()];
        buffer.get(out);
        return out;
    }
}
