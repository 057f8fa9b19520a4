package io.hilum.model.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasToInputTest {
    /** The published pipeline: shorter side to 256 (224) or 480, then the middle 224 or 480. */
    @Tag("golden")
    @ParameterizedTest
    @CsvSource({"down_400x330,256,224", "up_180x200,256,224", "covid_520x600_480,480,480"})
    void doesNotDriftFromTheReferenceResize(String name, int shorter, int size) throws IOException {
        Golden golden = Golden.of("transforms");
        int[] shape = golden.shape(name + ".input_gray_u8");
        byte[] expected = golden.bytes(name + ".after_resize_crop_u8");
        byte[] all = new CanvasToInput(Geometry.CROP, shorter).apply(golden.bytes(name + ".input_gray_u8"), shape[1], shape[0]);
        assertEquals(shorter * shorter, all.length);
        // The reference cuts 224 out of 256 in one step; twice cut in the middle is the same place.
        int inset = (shorter - size) / 2;
        int worst = 0;
        int different = 0;
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                int d = Math.abs((all[(r + inset) * shorter + c + inset] & 0xff) - (expected[r * size + c] & 0xff));
                worst = Math.max(worst, d);
                different += d > 0 ? 1 : 0;
            }
        }
        assertTrue(worst <= 1 && different < size * size / 100, name + ": worst " + worst + ", different " + different);
    }

    @ParameterizedTest
    @CsvSource({"300,200", "224,224", "1,1", "31,700"})
    void keepsAFlatCanvasFlatAtAnySize(int width, int height) {
        byte[] canvas = new byte[width * height];
        java.util.Arrays.fill(canvas, (byte) 201);
        byte[] expected = new byte[64 * 64];
        java.util.Arrays.fill(expected, (byte) 201);
        for (Geometry geometry : Geometry.values()) {
            assertArrayEquals(expected, new CanvasToInput(geometry, 64).apply(canvas, width, height), geometry.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"STRETCH,600,512,0,0,600,512", "CROP,600,512,44,0,512,512"})
    void saysWhichPartOfTheCanvasWasSeen(Geometry geometry, int w, int h, double x, double y, double ww, double hh) {
        var window = new CanvasToInput(geometry, 512).window(w, h);
        assertEquals(new CanvasToInput.Window(x, y, ww, hh), window);
    }
}
