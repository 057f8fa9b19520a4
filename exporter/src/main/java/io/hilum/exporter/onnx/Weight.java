package io.hilum.exporter.onnx;

import java.util.Arrays;

/**
 * A constant of the network, fp32, row by row.
 *
 * @param shape outermost first
 * @param values as many as the shape holds
 */
public record Weight(long[] shape, float[] values) {

    public Weight {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException("A weight of shape " + Arrays.toString(shape) + " has " + count(shape)
                    + " values, got " + values.length + ".");
        }
    }

    static Weight of(float[] values, long... shape) {
        return new Weight(shape, values);
    }

    int rows() {
        return (int) shape[0];
    }

    /** A part of the first axis. */
    Weight firstAxis(int from, int count) {
        int width = values.length / rows();
        long[] part = shape.clone();
        part[0] = count;
        return new Weight(part, Arrays.copyOfRange(values, from * width, (from + count) * width));
    }

    Weight times(double factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values[i] * factor);
        }
        return new Weight(shape, scaled);
    }

    /** Joins along the first axis. */
    static Weight concat(Weight... parts) {
        long[] shape = parts[0].shape.clone();
        shape[0] = Arrays.stream(parts).mapToLong(part -> part.shape[0]).sum();
        float[] all = new float[(int) count(shape)];
        int at = 0;
        for (Weight part : parts) {
            System.arraycopy(part.values, 0, all, at, part.values.length);
            at += part.values.length;
        }
        return new Weight(shape, all);
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
