package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.PixelImage;
import io.hilum.imaging.dicom.Tag;

/**
 * Stored values that mean "no image here" (PS3.3 section C.7.5.1.1.2), e.g. outside a round field of view.
 *
 * @param low the lowest of them
 * @param high the highest; less than low when there are none
 */
record Padding(int low, int high) {

    private static final Padding NONE = new Padding(0, -1);

    static Padding of(Attributes dataset, PixelImage image) {
        int[] value = dataset.integers(Tag.PIXEL_PADDING_VALUE);
        int[] limit = dataset.integers(Tag.PIXEL_PADDING_RANGE_LIMIT);
        if (value.length == 0) {
            return NONE;
        }
        int one = asPixel(value[0], image);
        int other = limit.length == 0 ? one : asPixel(limit[0], image);
        // A value that Bits Stored cannot hold is a wrong header; cutting it to size would blacken real pixels.
        boolean possible = fits(one, image) && fits(other, image);
        return possible ? new Padding(Math.min(one, other), Math.max(one, other)) : NONE;
    }

    /** Some devices write a signed value as US or the other way round. */
    private static int asPixel(int value, PixelImage image) {
        return image.signed() ? (short) value : value & 0xFFFF;
    }

    private static boolean fits(int value, PixelImage image) {
        int least = image.signed() ? -(1 << image.bitsStored() - 1) : 0;
        return value >= least && value < least + (1 << image.bitsStored());
    }

    boolean holds(int stored) {
        return stored >= low && stored <= high;
    }
}
