package io.hilum.processor.model;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.processor.TestImages;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Canvases as the door would send them. */
public final class Canvases {

    private Canvases() {}

    /** Of one grey. */
    public static Canvas of(int width, int height, int grey) throws IOException {
        return of(width, height, pixels -> Arrays.fill(pixels, (byte) grey));
    }

    /** Of noise: its PNG is as large as its pixels, as a film's nearly is. */
    public static Canvas noise(int width, int height, long seed) throws IOException {
        return of(width, height, new Random(seed)::nextBytes);
    }

    private static Canvas of(int width, int height, Consumer<byte[]> painter) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        painter.accept(pixels);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return Canvas.newBuilder().setWidth(width).setHeight(height).setPng(ByteString.copyFrom(png.toByteArray()))
                .setPixelSha256(TestImages.sha256(pixels)).setUri("file:///c.png").build();
    }
}
