package io.hilum.model.weights;

/** Element types of stored tensors; the names are those of the safetensors format. */
public enum DType {
    F32(4), F16(2), BF16(2), F64(8), I64(8), I32(4), U8(1), I8(1), BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
