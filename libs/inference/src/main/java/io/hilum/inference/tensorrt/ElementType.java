package io.hilum.inference.tensorrt;

/** Types of a plan's inputs and outputs. */
enum ElementType {
    UINT8(1),
    INT64(8),
    FLOAT(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes an element. */
    int bytes() {
        return bytes;
    }
}
