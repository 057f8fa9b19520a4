package io.hilum.k8s.containers;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.View;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;

/** Image events as the door sends them, with small canvases of a few phantoms. Stateless once made; any thread. */
final class Films {

    private static final int WIDTH = 192;
    private static final int HEIGHT = 224;
    private static final int DIFFERENT = 12;

    private final List<Canvas> canvases = new PhantomCohort(Preset.STANDARD, 5).films(Split.TEST)
            .limit(DIFFERENT).map(Films::canvas).toList();

    static String study(int number) {
        return "2.25.7000" + number;
    }

    static String sop(int study, int image) {
        return study(study) + "." + image;
    }

    ImageReceived image(int study, int image) {
        long now = System.currentTimeMillis() * 1000;
        return ImageReceived.newBuilder()
                .setStudyUid(study(study)).setSeriesUid(study(study) + ".0").setSopInstanceUid(sop(study, image))
                .setObjectSha256(sha256(sop(study, image).getBytes(StandardCharsets.UTF_8)))
                .setObjectUri("file:///objects/" + sop(study, image) + ".dcm")
                .setSite("test").setPatientKey("patient-" + study).setAgeYears(50).setView(View.PA).setSynthetic(true)
                .setCanvas(canvases.get((study + 5 * image) % DIFFERENT))
                .setTimes(DoorTimes.newBuilder().setReceived(now).setStored(now).setRendered(now).setPublished(now))
                .build();
    }

    private static Canvas canvas(PhantomSpec film) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        System.arraycopy(PhantomRenderer.grey8(film, WIDTH, HEIGHT), 0, pixels, 0, pixels.length);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Canvas.newBuilder().setPng(ByteString.copyFrom(png.toByteArray())).setPixelSha256(sha256(pixels))
                .setWidth(WIDTH).setHeight(HEIGHT).setUri("file:///canvas.png").build();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
