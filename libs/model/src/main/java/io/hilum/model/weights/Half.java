package io.hilum.model.weights;

/** IEEE 754 half precision to and from float (Java 17 has no such conversion of its own). */
public final class Half {
    private Half() {}

    /** The float of the same value; exact. */
    public static float toFloat(short half) {
        int bits = half & 0xffff;
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
        }
        if (exponent == 0) {
            float value = mantissa * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | mantissa << 13);
    }

    /** The nearest half, ties to even; too large a value becomes infinite. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int rest = bits & 0x7fffffff;
        if (rest > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (rest >= 0x477ff000) {
            return (short) (sign | 0x7c00);
        }
        if (rest < 0x38800000) {
            // Below the smallest normal half: count in units of 2^-24. rint rounds ties to even.
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int odd = rest >>> 13 & 1;
        return (short) (sign | (rest - 0x38000000 + 0xfff + odd) >>> 13);
    }

    /** The float of a bfloat16; exact. */
    public static float fromBrain(short brain) {
        return Float.intBitsToFloat(brain << 16);
    }

    /** The nearest bfloat16, ties to even; too large a value becomes infinite. */
    public static short toBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
