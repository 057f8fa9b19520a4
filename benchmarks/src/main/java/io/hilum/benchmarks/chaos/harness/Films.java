package io.hilum.benchmarks.chaos.harness;

import com.google.protobuf.ByteString;
import io.hilum.benchmarks.chaos.check.Sent;
import io.hilum.benchmarks.chaos.instance.PixelBundle;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Sex;
import io.hilum.contracts.event.View;
import io.hilum.model.bundle.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws frontal films of adults whose canvases are noise, no two alike. Owned by one thread. */
final class Films {

    private static final String ANOTHER = Sha256.of("pixels of another film".getBytes(StandardCharsets.UTF_8));

    private final Random random;

    Films(Random random) {
        this.random = random;
    }

    /** @param kind one that has an event */
    Outgoing film(String topic, String study, int number, Sent.Kind kind) {
        byte[] pixels = new byte[PixelBundle.side() * PixelBundle.side()];
        random.nextBytes(pixels);
        // Never marked by chance.
        pixels[0] = 0;
        if (kind == Sent.Kind.MARKED) {
            byte[] mark = PixelBundle.mark();
            System.arraycopy(mark, 0, pixels, 0, mark.length);
        }
        String sop = study + "." + number;
        String digest = Sha256.of(pixels);
        ImageReceived.Builder event = ImageReceived.newBuilder()
                .setStudyUid(study)
                .setSeriesUid(study + ".0")
                .setSopInstanceUid(sop)
                .setObjectSha256(Sha256.of(sop.getBytes(StandardCharsets.UTF_8)))
                .setObjectUri("file:///objects/" + sop + ".dcm")
                .setSite("chaos")
                .setPatientKey(Sha256.of(study.getBytes(StandardCharsets.UTF_8)))
                .setAgeYears(50)
                .setSex(Sex.FEMALE)
                .setView(View.PA);
        if (kind != Sent.Kind.WITHOUT_CANVAS) {
            event.setCanvas(Canvas.newBuilder()
                    .setPng(png(pixels))
                    .setPixelSha256(kind == Sent.Kind.LYING_HASH ? ANOTHER : digest)
                    .setWidth(PixelBundle.side())
                    .setHeight(PixelBundle.side())
                    .setUri("file:///objects/" + sop + ".png"));
        }
        return Outgoing.of(topic, event.build(), digest, kind);
    }

    Outgoing garbage(String topic, String study) {
        byte[] bytes = new byte[40 + random.nextInt(200)];
        random.nextBytes(bytes);
        // No protobuf message begins like this: a field without a number.
        bytes[0] = 0x07;
        return Outgoing.garbage(topic, study, bytes);
    }

    private static ByteString png(byte[] pixels) {
        BufferedImage image = new BufferedImage(PixelBundle.side(), PixelBundle.side(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, PixelBundle.side(), PixelBundle.side(), pixels);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteString.copyFrom(png.toByteArray());
    }
}
