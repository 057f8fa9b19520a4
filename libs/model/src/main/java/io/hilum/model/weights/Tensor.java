package io.hilum.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stored tensor: element type, shape and little-endian bytes in C order.
 *
 * <p>Threads: the buffer may be shared by many readers as long as they use absolute reads or
 * {@link #data()}, which gives each caller a view of its own.
 */
public final class Tensor {
    private final DType dtype;
    private final long[] shape;
    private final ByteBuffer data;

    public Tensor(DType dtype, long[] shape, ByteBuffer data) {
        this.dtype = dtype;
        this.shape = shape.clone();
        this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        long expected = bytes(dtype, shape);
        if (expected != this.data.remaining()) {
            throw new IllegalArgumentException("A tensor %s %s needs %d bytes, but there are %d."
                .formatted(dtype, Arrays.toString(shape), expected, this.data.remaining()));
        }
    }

    public DType dtype() {
        return dtype;
    }

    public long[] shape() {
        return shape.clone();
    }

    /** A view of all bytes, little-endian, position 0; the caller's own position and limit. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Number of elements. */
    public long size() {
        return data.capacity() / dtype.bytes();
    }

    /** All elements as floats, widened where stored narrower. */
    public float[] floats() {
        int n = Math.toIntExact(size());
        float[] out = new float[n];
        if (dtype == DType.F32) {
            data().asFloatBuffer().get(out);
            return out;
        }
        for (int i = 0; i < n; i++) {
            out[i] = switch (dtype) {
                case F32 -> data.getFloat(4 * i);
                case F16 -> Half.toFloat(data.getShort(2 * i));
                case BF16 -> Half.fromBrain(data.getShort(2 * i));
                case F64 -> (float) data.getDouble(8 * i);
                case I64 -> data.getLong(8 * i);
                case I32 -> data.getInt(4 * i);
                case U8, BOOL -> data.get(i) & 0xff;
                case I8 -> data.get(i);
            };
        }
        return out;
    }

    /** All elements as longs. */
    public long[] longs() {
        int n = Math.toIntExact(size());
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            out[i] = switch (dtype) {
                case I64 -> data.getLong(8 * i);
                case I32 -> data.getInt(4 * i);
                case U8, BOOL -> data.get(i) & 0xff;
                case I8 -> data.get(i);
                case F32, F16, BF16, F64 -> throw new IllegalStateException("A tensor of " + dtype + " has no whole numbers.");
            };
        }
        return out;
    }

    /** All bytes, copied. */
    public byte[] bytes() {
        byte[] out = new byte[data.capacity()];
        data.get(0, out);
        return out;
    }

    /** The same values as F32. */
    public Tensor toF32() {
        return dtype == DType.F32 ? this : of(floats(), shape);
    }

    /** The values rounded to F16. */
    public Tensor toF16() {
        return to(DType.F16);
    }

    /** The values as F32, F16 or BF16, rounded to the nearest where that is narrower. */
    public Tensor to(DType wanted) {
        if (dtype == wanted) {
            return this;
        }
        if (wanted == DType.F32) {
            return toF32();
        }
        if (wanted != DType.F16 && wanted != DType.BF16) {
            throw new IllegalArgumentException("Weights are kept as F32, F16 or BF16, not as " + wanted + ".");
        }
        float[] values = floats();
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : values) {
            buffer.putShort(wanted == DType.F16 ? Half.fromFloat(v) : Half.toBrain(v));
        }
        return new Tensor(wanted, shape, buffer.flip());
    }

    public static Tensor of(float[] values, long... shape) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return new Tensor(DType.F32, shape, buffer);
    }

    public static Tensor of(long[] values, long... shape) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        return new Tensor(DType.I64, shape, buffer);
    }

    public static Tensor of(byte[] values, long... shape) {
        return new Tensor(DType.U8, shape, ByteBuffer.wrap(values));
    }

    /** Bytes that a tensor of that type and shape takes. */
    public static long bytes(DType dtype, long... shape) {
        long n = dtype.bytes();
        for (long s : shape) {
            if (s < 0) {
                throw new IllegalArgumentException("A side of a tensor cannot be " + s + ".");
            }
            n = Math.multiplyExact(n, s);
        }
        return n;
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
