package io.hilum.processor.model;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Region;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.CanvasPng;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.processor.score.UnusableCanvasException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * An image's canvas, decoded and held against its hash once, and from it the bytes that each model sees: models that
 * see alike share them.
 *
 * <p>Threading: any thread; guarded by its monitor.
 */
public final class CheckedCanvas {

    private final CanvasPng canvas;
    private final Map<View, Input> inputs = new HashMap<>();

    private CheckedCanvas(CanvasPng canvas) {
        this.canvas = canvas;
    }

    /**
     * A model's input and where it lies. Nobody may write to the bytes: several engines read them.
     *
     * @param pixels uint8, row by row, {@code inputSize * inputSize}
     * @param region what the model sees of the canvas, in canvas pixels
     */
    public record Input(byte[] pixels, Region region) {}

    private record View(Geometry geometry, int inputSize) {}

    /**
     * @throws UnusableCanvasException when the canvas is damaged or is not the one whose hash the event carries:
     *     a score must belong to the pixels that everyone else sees
     */
    static CheckedCanvas of(ImageReceived image) {
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
        return new CheckedCanvas(decoded);
    }

    /** What this model sees. */
    public synchronized Input inputFor(ModelCard card) {
        return inputs.computeIfAbsent(new View(card.geometry(), card.inputSize()), this::input);
    }

    private Input input(View view) {
        CanvasToInput toInput = new CanvasToInput(view.geometry(), view.inputSize());
        CanvasToInput.Window window = toInput.window(canvas.width(), canvas.height());
        Region region = Region.newBuilder().setX(window.x()).setY(window.y())
                .setWidth(window.width()).setHeight(window.height()).build();
        return new Input(toInput.apply(canvas.pixels(), canvas.width(), canvas.height()), region);
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
