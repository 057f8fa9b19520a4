package io.hilum.imaging.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PNG and JPEG films: told by content, grey as it is, colours as luma. */
class FilmReaderTest {

    private static final FilmReader READER = new FilmReader(new CanvasRenderer());

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }

    private static BufferedImage filled(int type, int rgb) {
        BufferedImage image = new BufferedImage(40, 20, type);
        for (int i = 0; i < 800; i++) {
            image.setRGB(i % 40, i / 40, rgb);
        }
        return image;
    }

    @Test
    void weighsColoursAsLuma() throws IOException {
        assertEquals(76, READER.read(encoded(filled(BufferedImage.TYPE_INT_RGB, 0xFF0000), "png")).canvas().at(5, 5));
        assertEquals(150, READER.read(encoded(filled(BufferedImage.TYPE_INT_RGB, 0x00FF00), "png")).canvas().at(5, 5));
        assertEquals(29, READER.read(encoded(filled(BufferedImage.TYPE_INT_RGB, 0x0000FF), "png")).canvas().at(5, 5));
        assertEquals(76, READER.read(encoded(filled(BufferedImage.TYPE_INT_ARGB, 0x10FF0000), "png")).canvas().at(5, 5),
                "alpha is dropped");
        assertEquals(76, READER.read(encoded(filled(BufferedImage.TYPE_INT_RGB, 0xFF0000), "jpg")).canvas().at(5, 5), 2);
    }

    @Test
    void bendsNoGreyByAGamma() throws IOException {
        BufferedImage eight = new BufferedImage(256, 64, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage sixteen = new BufferedImage(256, 64, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 64 * 256; i++) {
            int x = i % 256;
            eight.getRaster().setSample(x, i / 256, 0, x);
            sixteen.getRaster().setSample(x, i / 256, 0, x * 257);
        }
        Canvas fromEight = READER.read(encoded(eight, "png")).canvas();
        Canvas fromSixteen = READER.read(encoded(sixteen, "png")).canvas();
        Canvas fromJpeg = READER.read(encoded(eight, "jpg")).canvas();
        for (int x = 0; x < 256; x++) {
            assertEquals(x, fromEight.at(x, 0));
            assertEquals(x, fromSixteen.at(x, 0));
            assertEquals(x, fromJpeg.at(x, 0), 6);
        }
    }

    @Test
    void trustsNoFileName(@TempDir Path folder) throws IOException {
        Path renamed = Files.write(folder.resolve("film.dcm"), encoded(filled(BufferedImage.TYPE_BYTE_GRAY, 0x808080), "png"));
        assertEquals(40, READER.read(renamed).canvas().width());
        Path text = Files.writeString(folder.resolve("film.png"), "this is no picture");
        assertEquals(DicomFault.NOT_DICOM, assertThrows(DicomException.class, () -> READER.read(text)).fault());
    }

    @Test
    void acceptsNoPictureThatIsCut() throws IOException {
        for (String format : new String[] {"png", "jpg"}) {
            byte[] whole = encoded(noise(), format);
            byte[] half = Arrays.copyOf(whole, whole.length / 2);
            DicomException refusal = assertThrows(DicomException.class, () -> READER.read(half), format);
            assertEquals(DicomFault.PIXEL_STREAM, refusal.fault());
        }
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 40_000; i++) {
            image.getRaster().setSample(i % 200, i / 200, 0, i * 7919 >>> 5 & 0xFF);
        }
        return image;
    }
}
