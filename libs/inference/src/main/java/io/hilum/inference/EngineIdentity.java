package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.Objects;

/**
 * Who computed a result.
 *
 * @param line the model line, e.g. {@code chest}
 * @param version the bundle's version
 * @param bundleSha256 SHA-256 of the bundle's {@code bundle.json}, lower-case hex
 * @param engine e.g. {@code onnxruntime-1.29.0 cpu fp32}
 * @param trainedOnSynthetic the model has seen only synthetic images: real studies get no priority from it
 * @param notice what people must be told about this model; may be empty
 */
public record EngineIdentity(
        String line, String version, String bundleSha256, String engine, boolean trainedOnSynthetic, String notice) {

    public EngineIdentity {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(bundleSha256, "bundleSha256");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(notice, "notice");
    }

    /** Of a card's model on an engine. */
    public static EngineIdentity of(ModelCard card, String bundleSha256, String engine) {
        return new EngineIdentity(card.name(), card.version(), bundleSha256, engine, card.trainedOnSynthetic(),
                card.notice() == null ? "" : card.notice());
    }
}
