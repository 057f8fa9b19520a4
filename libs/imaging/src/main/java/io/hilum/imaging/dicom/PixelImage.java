package io.hilum.imaging.dicom;

/**
 * One frame of stored grey values as decoded: no window, no rescale, no inversion.
 *
 * @param columns width in pixels
 * @param rows height in pixels
 * @param bitsAllocated 8 or 16: the container
 * @param bitsStored bits of the container that carry the value, 1 to bitsAllocated
 * @param highBit index of the value's highest bit, at least bitsStored - 1
 * @param signed whether values are two's complement within bitsStored
 * @param photometric MONOCHROME1 or MONOCHROME2
 * @param stored rows x columns containers, row by row, without padding: one byte each, or two little endian
 */
public record PixelImage(
        int columns,
        int rows,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        Photometric photometric,
        byte[] stored) {

    /** What the lowest value means (PS3.3 section C.7.6.3.1.2). */
    public enum Photometric {
        /** The lowest value is white, after VOI. */
        MONOCHROME1,
        /** The lowest value is black. */
        MONOCHROME2
    }

    public PixelImage {
        if (columns < 1 || rows < 1 || bitsAllocated != 8 && bitsAllocated != 16
                || bitsStored < 1 || highBit < bitsStored - 1 || highBit >= bitsAllocated
                || stored.length != (long) columns * rows * bitsAllocated / 8) {
            throw new IllegalArgumentException("no consistent image: " + columns + " x " + rows + ", " + bitsAllocated
                    + " bits allocated, " + bitsStored + " stored, high bit " + highBit + ", " + stored.length + " bytes");
        }
    }

    /** @return the container at a pixel, 0 to 255 or 65535, bits outside the value included */
    public int container(int pixel) {
        return bitsAllocated == 8
                ? stored[pixel] & 0xFF
                : stored[2 * pixel] & 0xFF | (stored[2 * pixel + 1] & 0xFF) << 8;
    }

    /** @return the value of a container: bits above High Bit masked, sign extended from Bits Stored */
    public int valueOf(int container) {
        int shifted = container >> highBit + 1 - bitsStored;
        return signed ? shifted << 32 - bitsStored >> 32 - bitsStored : shifted & (1 << bitsStored) - 1;
    }

    /** @return the stored value at a pixel */
    public int value(int pixel) {
        return valueOf(container(pixel));
    }
}
