package io.hilum.processor.model;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Region;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.CanvasPng;
import io.hilum.model.input.CanvasToInput;
import io.hilum.processor.score.UnusableCanvasException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** From the canvas in the event to the bytes that a model sees. No state; any thread. */
final class CanvasPreparer {

    private CanvasPreparer() {}

    /**
     * A model's input and where it lies.
     *
     * @param input uint8, row by row, {@code inputSize * inputSize}
     * @param region what the model sees of the canvas, in canvas pixels
     */
    record Prepared(byte[] input, Region region) {}

    /**
     * @throws UnusableCanvasException when the canvas is damaged or is not the one whose hash the event carries:
     *     a score must belong to the pixels that everyone else sees
     */
    static Prepared prepare(ImageReceived image, ModelCard card) {
        Canvas canvas = image.getCanvas();
        CanvasPng decoded = decoded(canvas);
        if (decoded.width() != canvas.getWidth() || decoded.height() != canvas.getHeight()) {
            throw new UnusableCanvasException("its canvas has %d x %d pixels, the event says %d x %d. Render it again."
                    .formatted(decoded.width(), decoded.height(), canvas.getWidth(), canvas.getHeight()));
        }
        String hash = sha256(decoded.pixels());
        if (!hash.equals(canvas.getPixelSha256())) {
            throw new UnusableCanvasException("its canvas has the hash " + hash + ", the event says "
                    + canvas.getPixelSha256() + ". The pixels are not the ones that were rendered; render it again.");
        }
        CanvasToInput toInput = new CanvasToInput(card.geometry(), card.inputSize());
        CanvasToInput.Window window = toInput.window(decoded.width(), decoded.height());
        Region region = Region.newBuilder().setX(window.x()).setY(window.y())
                .setWidth(window.width()).setHeight(window.height()).build();
        return new Prepared(toInput.apply(decoded.pixels(), decoded.width(), decoded.height()), region);
    }

    private static CanvasPng decoded(Canvas canvas) {
        try {
            return CanvasPng.decode(canvas.getPng().toByteArray());
        } catch (IOException damaged) {
            throw new UnusableCanvasException("its canvas cannot be read: " + damaged.getMessage()
                    + " Render it again.", damaged);
        }
    }

    private static String sha256(byte[] pixels) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
