package io.hilum.benchmarks.stream;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.View;
import io.hilum.model.input.CanvasPng;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Image events as the door sends them, canvases of real size included: made films of 512 x 624 pixels.
 *
 * @param canvases taken in turn
 */
record Films(List<Canvas> canvases) {

    private static final int WIDTH = 512;
    private static final int HEIGHT = 624;
    private static final long SEED = 11;
    private static final String ROOT = "2.25.99";
    private static final int IMAGES_A_STUDY = 2;

    static Films draw(int count) {
        return new Films(new PhantomCohort(Preset.STANDARD, SEED).films(Split.TEST).limit(count).map(spec -> {
            byte[] pixels = PhantomRenderer.grey8(spec, WIDTH, HEIGHT);
            return Canvas.newBuilder()
                    .setPng(ByteString.copyFrom(new io.hilum.imaging.canvas.Canvas(WIDTH, HEIGHT, pixels).toPng()))
                    .setPixelSha256(sha256(pixels)).setWidth(WIDTH).setHeight(HEIGHT).setUri("file:///none/canvas.png").build();
        }).toList());
    }

    /** The number-th image; its UID tells the number. Dated now. */
    ImageReceived event(long number) {
        String study = ROOT + "." + number / IMAGES_A_STUDY;
        String sop = study + "." + number;
        long now = micros();
        return ImageReceived.newBuilder().setStudyUid(study).setSeriesUid(study + ".0").setSopInstanceUid(sop)
                .setObjectSha256(sha256(sop.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .setObjectUri("file:///none/" + sop + ".dcm").setSite("bench").setAgeYears(60).setView(View.PA).setSynthetic(true)
                .setCanvas(canvases.get((int) (number % canvases.size())))
                .setTimes(DoorTimes.newBuilder().setReceived(now).setStored(now).setRendered(now).setPublished(now))
                .build();
    }

    /** The canvases as the model sees them. */
    List<byte[]> inputs(Geometry geometry, int size) throws IOException {
        CanvasToInput toInput = new CanvasToInput(geometry, size);
        List<byte[]> inputs = new java.util.ArrayList<>();
        for (Canvas canvas : canvases) {
            inputs.add(toInput.apply(CanvasPng.decode(canvas.getPng().toByteArray()).pixels(), WIDTH, HEIGHT));
        }
        return inputs;
    }

    int meanBytes() {
        return (int) canvases.stream().mapToInt(canvas -> canvas.getPng().size()).average().orElse(0);
    }

    static long micros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
