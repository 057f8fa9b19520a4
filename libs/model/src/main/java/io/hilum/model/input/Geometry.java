package io.hilum.model.input;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a canvas becomes a square. */
public enum Geometry {
    /** The whole film, both sides resized to the input size; nothing is lost, proportions are. */
    STRETCH,
    /** The shorter side resized, the middle cut out; cuts apices and costophrenic angles of long films. */
    CROP;

    @JsonValue
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    @JsonCreator
    public static Geometry of(String id) {
        return valueOf(id.toUpperCase(java.util.Locale.ROOT));
    }
}
