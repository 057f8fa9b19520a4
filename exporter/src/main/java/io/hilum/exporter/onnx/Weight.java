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

    static Weight scalar(double value) {
        return new Weight(new long[0], new float[] {(float) value});
    }

    int rows() {
        return (int) shape[0];
    }

    int columns() {
        return (int) shape[1];
    }

    /** [R, C] to [C, R]. */
    Weight transposed() {
        int rows = rows();
        int columns = columns();
        float[] turned = new float[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = values[r * columns + c];
            }
        }
        return of(turned, columns, rows);
    }

    /** The values again in another shape. */
    Weight reshaped(long... other) {
        return new Weight(other, values);
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
