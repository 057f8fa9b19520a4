package io.hilum.model.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** In what numbers a network computes most of its products; norms, softmax, pooling, head and Grad-CAM are always fp32. */
public enum Precision {
    /** Single precision: what the trainer evaluated, to rounding. */
    FP32,
    /** Half precision, 10 bits of fraction, up to 65,504. */
    FP16,
    /** Brain float: 7 bits of fraction, the range of fp32. */
    BF16,
    /** Eight-bit integers with scales fixed at export, in all blocks but the last. */
    INT8;

    /** The name used in files, such as {@code fp32}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of that {@link #id()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Precision of(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equalsIgnoreCase(id)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("There is no precision '" + id + "'; there are fp32, fp16, bf16 and int8."));
    }
}
