package io.hilum.processor.model;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.processor.TestImages;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Canvases of one grey, as the door would send them. */
public final class Canvases {

    private Canvases() {}

    public static Canvas of(int width, int height, int grey) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        java.util.Arrays.fill(pixels, (byte) grey);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return Canvas.newBuilder().setWidth(width).setHeight(height).setPng(ByteString.copyFrom(png.toByteArray()))
                .setPixelSha256(TestImages.sha256(pixels)).setUri("file:///c.png").build();
    }
}
