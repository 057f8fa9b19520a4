package io.hilum.imaging.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.SharedFilms;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The films were made from NIH images whose 336 x 336 versions lie beside them, shrunk by the same filter: rendering at
 * 336 must give them back. That covers rescale, window, inversion, bit masks and the filter in one.
 */
class RealFilmsCanvasTest {

    private static Stream<Map<String, String>> films() throws IOException {
        return SharedFilms.manifest(SharedFilms.data().resolve("dicom/manifest.csv")).stream();
    }

    @TestFactory
    Stream<DynamicTest> givesNoFilmOtherGreysThanItsSource() throws IOException {
        Path data = SharedFilms.data();
        FilmReader reader = new FilmReader(new CanvasRenderer(336));
        return films().map(row -> DynamicTest.dynamicTest(row.get("file"), () -> {
            // The sources are stretched to squares; only without their pixel spacing are the films, too.
            DicomFile file = DicomFile.read(data.resolve("dicom").resolve(row.get("file")));
            file.dataset().remove(Tag.IMAGER_PIXEL_SPACING);
            RenderedCanvas film = new CanvasRenderer(336).render(file);
            Canvas source = reader.read(data.resolve("cxr14-mini/images").resolve(row.get("source_image"))).canvas();
            assertEquals(1024, film.sourceColumns());
            // Within one grey level before shrinking; rounding once more can add one. JPEG baseline loses more.
            boolean lossless = row.get("lossless").equals("1");
            double[] difference = difference(film.canvas(), source);
            assertTrue(difference[0] <= (lossless ? 2 : 16), "greatest difference " + difference[0]);
            assertTrue(difference[1] <= (lossless ? 0.5 : 1.5), "mean difference " + difference[1]);
        }));
    }

    private static double[] difference(Canvas one, Canvas other) {
        assertEquals(other.width(), one.width());
        assertEquals(other.height(), one.height());
        int most = 0;
        long sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            int d = Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
            most = Math.max(most, d);
            sum += d;
        }
        return new double[] {most, (double) sum / one.pixels().length};
    }

    @TestFactory
    Stream<DynamicTest> losesNoPixelInItsPng() throws IOException {
        Path folder = SharedFilms.data().resolve("dicom");
        return films().limit(12).map(row -> DynamicTest.dynamicTest(row.get("file"), () -> {
            RenderedCanvas film = new CanvasRenderer().render(DicomFile.read(folder.resolve(row.get("file"))));
            Canvas back = Canvas.fromPng(film.canvas().toPng());
            assertEquals(512, Math.min(film.canvas().width(), film.canvas().height()));
            assertArrayEquals(film.canvas().pixels(), back.pixels());
            assertEquals(film.canvas().pixelSha256(), back.pixelSha256());
        }));
    }

    @Test
    void distortsNoFilmWhosePixelsAreNotSquare() throws IOException {
        Path file = SharedFilms.data().resolve("dicom/06-dx-explicit-le-12bit-mono2.dcm");
        Canvas canvas = new FilmReader(new CanvasRenderer()).read(file).canvas();
        assertEquals("625 x 512", canvas.width() + " x " + canvas.height(), "Imager Pixel Spacing 0.33600 x 0.41016");
    }

    @Test
    void keepsTheGreysOfASmallPng() throws IOException {
        Path png = SharedFilms.data().resolve("cxr14-mini/images/00003541_000.png");
        RenderedCanvas film = new FilmReader(new CanvasRenderer()).read(png);
        assertEquals(336, film.canvas().width(), "never enlarged");
        var image = javax.imageio.ImageIO.read(png.toFile()).getRaster();
        int[] samples = image.getSamples(0, 0, 336, 336, 0, (int[]) null);
        for (int i = 0; i < samples.length; i++) {
            assertEquals(samples[i], film.canvas().pixels()[i] & 0xFF);
        }
    }
}
