package io.hilum.model.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** For whom a network is written: the same function, in the operators that are fastest there. */
public enum Target {
    /** ONNX Runtime on a CPU. Uses a few operators of its own ({@code com.microsoft}). */
    ONNX_RUNTIME,
    /** TensorRT on a GPU. Opset 17 only, so that every other runtime reads it as well. */
    TENSORRT;

    /** The name used in files, such as {@code onnx-runtime}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The target of that {@link #id()}. */
    @JsonCreator
    public static Target of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
