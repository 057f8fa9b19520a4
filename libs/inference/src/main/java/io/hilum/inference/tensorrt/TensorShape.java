package io.hilum.inference.tensorrt;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One input or output of a plan.
 *
 * @param dimensions all but the first, which is the batch and dynamic
 */
record TensorShape(boolean input, ElementType type, List<Long> dimensions) {

    static TensorShape input(ElementType type, int... dimensions) {
        return new TensorShape(true, type, longs(dimensions));
    }

    static TensorShape output(ElementType type, int... dimensions) {
        return new TensorShape(false, type, longs(dimensions));
    }

    /** Bytes one image takes. */
    long bytesAnImage() {
        return dimensions.stream().reduce(1L, Math::multiplyExact) * type.bytes();
    }

    @Override
    public String toString() {
        return (input ? "input " : "output ") + type + "[B, " + dimensions.toString().substring(1);
    }

    private static List<Long> longs(int... dimensions) {
        return IntStream.of(dimensions).mapToObj(Long::valueOf).toList();
    }
}
