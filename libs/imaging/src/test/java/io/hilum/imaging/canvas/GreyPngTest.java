package io.hilum.imaging.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.imaging.dicom.DicomException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The PNG of a canvas, against the JDK's reader and writer, and against damage. */
class GreyPngTest {

    private static Canvas canvas(int width, int height) {
        byte[] pixels = new byte[width * height];
        Random random = new Random(width);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % width + i / width * 3 + random.nextInt(4));
        }
        return new Canvas(width, height, pixels);
    }

    @Test
    void writesNoPngThatOthersReadDifferently() throws IOException {
        for (int width : new int[] {1, 2, 17, 300}) {
            Canvas canvas = canvas(width, 41);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(canvas.toPng()));
            int[] samples = image.getRaster().getSamples(0, 0, width, 41, 0, (int[]) null);
            byte[] bytes = new byte[samples.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) samples[i];
            }
            assertEquals(1, image.getRaster().getNumBands());
            assertArrayEquals(canvas.pixels(), bytes);
        }
    }

    @Test
    void readsNoPngOfOthersDifferently() throws IOException {
        Canvas canvas = canvas(97, 53);
        BufferedImage image = new BufferedImage(97, 53, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 97, 53, canvas.pixels());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        assertArrayEquals(canvas.pixels(), Canvas.fromPng(png.toByteArray()).pixels());
    }

    @Test
    void throwsNothingElseWhateverTheDamage() throws DicomException {
        byte[] png = canvas(64, 64).toPng();
        for (int length = 0; length < png.length; length++) {
            byte[] cut = Arrays.copyOf(png, length);
            assertThrows(DicomException.class, () -> Canvas.fromPng(cut));
        }
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = png.clone();
            damaged[random.nextInt(png.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Canvas.fromPng(damaged);
            } catch (DicomException refused) {
                // Either outcome is fine; anything else fails the test.
            }
        }
    }

    @Test
    void allocatesNothingForAClaim() {
        byte[] png = canvas(8, 8).toPng();
        Arrays.fill(png, 16, 18, (byte) 0x7F);
        assertThrows(DicomException.class, () -> Canvas.fromPng(png));
    }
}
