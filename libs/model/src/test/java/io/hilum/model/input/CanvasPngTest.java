package io.hilum.model.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanvasPngTest {
    private static BufferedImage film() {
        var image = new BufferedImage(67, 41, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        var random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 67 * 3 + random.nextInt(20));
        }
        return image;
    }

    @Test
    void doesNotDifferFromImageIo() throws IOException {
        var image = film();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        assertArrayEquals(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), CanvasPng.decode(out.toByteArray()).pixels());
    }

    /** ImageIO reads what we encode with each filter; we must read the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void doesNotMisreadAnyRowFilter(int filter) throws IOException {
        byte[] png = png(filter);
        var image = ImageIO.read(new java.io.ByteArrayInputStream(png));
        byte[] expected = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        assertArrayEquals(expected, CanvasPng.decode(png).pixels());
    }

    @Test
    void refusesADamagedOrForeignFileWithASentence() throws IOException {
        byte[] png = png(1);
        png[png.length - 30] ^= 1;
        assertTrue(assertThrows(IOException.class, () -> CanvasPng.decode(png)).getMessage().startsWith("This is not a canvas PNG"));
        assertThrows(IOException.class, () -> CanvasPng.decode(new byte[3]));
        assertThrows(IOException.class, () -> CanvasPng.decode(java.util.Arrays.copyOf(png(1), 60)));
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", out);
        assertThrows(IOException.class, () -> CanvasPng.decode(out.toByteArray()));
    }

    private static byte[] png(int filter) throws IOException {
        var random = new Random(filter);
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeLong(0x89504e470d0a1a0aL);
        var head = new ByteArrayOutputStream();
        var h = new DataOutputStream(head);
        h.writeInt(23);
        h.writeInt(19);
        h.write(new byte[] {8, 0, 0, 0, 0});
        chunk(data, "IHDR", head.toByteArray());
        var packed = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(packed)) {
            for (int r = 0; r < 19; r++) {
                deflate.write(filter);
                for (int c = 0; c < 23; c++) {
                    deflate.write(random.nextInt(256));
                }
            }
        }
        byte[] all = packed.toByteArray();
        chunk(data, "IDAT", java.util.Arrays.copyOf(all, 100));
        chunk(data, "IDAT", java.util.Arrays.copyOfRange(all, 100, all.length));
        chunk(data, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        var crc = new CRC32();
        crc.update(bytes.toByteArray());
        out.writeInt(body.length);
        out.write(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
    }
}
