package io.hilum.model.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.model.Architecture;
import io.hilum.model.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/** What becomes of pixels after the resize, against the reference. */
class ReferenceTransformsTest {
    /** The Grad-CAM of the reference normalises EVA-X with these, too. */
    private static final double CAM_MEAN = 0.5056;
    private static final double CAM_STD = 0.252;

    @Tag("golden")
    @ParameterizedTest
    @CsvSource({"down_400x330,256,224", "up_180x200,256,224", "covid_520x600_480,480,480"})
    void normalisedValuesDoNotDrift(String name, int shorter, int size) throws IOException {
        Golden golden = Golden.of("transforms");
        int[] shape = golden.shape(name + ".input_gray_u8");
        byte[] all = new CanvasToInput(Geometry.CROP, shorter).apply(golden.bytes(name + ".input_gray_u8"), shape[1], shape[0]);
        float[] expected = golden.floats(name + ".normalised_channel0_first64_of_row100");
        int inset = (shorter - size) / 2;
        for (int c = 0; c < expected.length; c++) {
            int level = all[(100 + inset) * shorter + c + inset] & 0xff;
            // A grey level is allowed to be one off; this image has none that is.
            assertEquals(expected[c], (level / 255.0 - Architecture.MEAN) / Architecture.STD, 1e-6, name + " column " + c);
        }
    }

    @Tag("golden")
    @Test
    void theInputOfTheReferencesGradCamIsNotAntialiased() throws IOException {
        Golden golden = Golden.of("transforms");
        byte[] canvas = golden.bytes("gradcam_300_to_224.input_gray_u8");
        float[] normalised = new float[canvas.length];
        for (int i = 0; i < canvas.length; i++) {
            normalised[i] = (float) (((canvas[i] & 0xff) / 255.0 - CAM_MEAN) / CAM_STD);
        }
        float[] expected = golden.floats("gradcam_300_to_224.tensor_channel0");
        float[] actual = Bilinear.resize(normalised, 300, 224);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-5, "value " + i);
        }
    }
}
