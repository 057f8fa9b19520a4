package io.hilum.trainer.data;

/** How rotations, shears and shifts read between pixels (Pillow's filters for affine maps; a = -1 for the cubic). */
public enum Interpolation {
    BILINEAR,
    /** What the published pipeline uses: its transform is created with {@code interpolation='bicubic'}, which timm hands on. */
    BICUBIC,
    /** One of the two, drawn for each operation: timm's habit when nothing is given. */
    RANDOM
}
