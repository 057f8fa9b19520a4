package io.hilum.exporter.onnx;

/** Writes blocks in the operators that one target is fastest with. */
interface BlockWriter {

    /** From tokens [B,N,D], fp32, to the form that {@link #write} takes. */
    default Value enter(Value tokens) {
        return tokens;
    }

    /**
     * @param name prefix of the block's weights, such as {@code blocks.3.}
     * @param x in this writer's form
     */
    Block write(String name, Value x);

    /** Back to tokens [B,N,D], fp32. */
    default Value leave(Value x) {
        return x;
    }

    /** A block of this writer as Grad-CAM wants it: fp32, with the shapes that {@link Block} names. */
    default Block traced(Block block) {
        return block;
    }
}
