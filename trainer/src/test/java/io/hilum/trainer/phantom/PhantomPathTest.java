package io.hilum.trainer.phantom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomDicom;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training draws inputs directly; the service makes them from DICOM. Both must see the same film. */
class PhantomPathTest {
    private static final int SIZE = 224;

    @Test
    void trainsOnNoOtherPixelsThanTheServiceSees() throws Exception {
        List<PhantomSpec> films = new PhantomCohort(Preset.STANDARD, 3).films(Split.TEST).limit(12).toList();
        for (PhantomSpec film : films) {
            byte[] drawn = PhantomRenderer.grey8(film, SIZE, SIZE);
            byte[] served = served(film);
            double difference = 0;
            double bias = 0;
            double sharpDrawn = 0;
            double sharpServed = 0;
            for (int i = 0; i < drawn.length; i++) {
                int a = drawn[i] & 0xff;
                int b = served[i] & 0xff;
                difference += Math.abs(a - b);
                bias += b - a;
                if (i % SIZE > 0) {
                    sharpDrawn += Math.abs(a - (drawn[i - 1] & 0xff));
                    sharpServed += Math.abs(b - (served[i - 1] & 0xff));
                }
            }
            double n = drawn.length;
            double noise = film.exposure().noise() * 255;
            assertTrue(difference / n < 1.5 + 1.2 * noise, "the inputs differ by " + difference / n + " grey levels");
            assertTrue(Math.abs(bias / n) < 0.5, "the inputs differ in brightness by " + bias / n);
            assertTrue(Math.abs(sharpServed / sharpDrawn - 1) < 0.16, "sharpness " + sharpServed / sharpDrawn);
        }
    }

    private static byte[] served(PhantomSpec film) throws Exception {
        DicomFile file = DicomFile.read(new ByteArrayInputStream(PhantomDicom.file(film, 1024)), DicomLimits.DEFAULT);
        Canvas canvas = new CanvasRenderer().render(file).canvas();
        return new CanvasToInput(Geometry.STRETCH, SIZE).apply(canvas.pixels(), canvas.width(), canvas.height());
    }
}
