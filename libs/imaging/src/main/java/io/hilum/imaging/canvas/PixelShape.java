package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;

/** Whether a film's pixels are square (PS3.3 sections C.7.6.3.1.7 and 10.7.1). */
final class PixelShape {

    /** Beyond this it is no detector's geometry but a wrong header, which is ignored. */
    private static final double MOST = 10;

    private PixelShape() {}

    /**
     * Pixel Aspect Ratio, else Pixel Spacing, else Imager Pixel Spacing: all of them say vertical first.
     *
     * @return height of a pixel divided by its width; 1 when the header says nothing believable
     */
    static double verticalToHorizontal(Attributes dataset) {
        for (int tag : new int[] {Tag.PIXEL_ASPECT_RATIO, Tag.PIXEL_SPACING, Tag.IMAGER_PIXEL_SPACING}) {
            double[] pair = dataset.decimals(tag);
            if (pair.length == 2 && pair[0] > 0 && pair[1] > 0) {
                double ratio = pair[0] / pair[1];
                // Spacings are rounded to a few digits: a tenth of a percent is no shape.
                boolean square = Math.abs(ratio - 1) < 1e-3;
                return square || ratio > MOST || ratio < 1 / MOST ? 1 : ratio;
            }
        }
        return 1;
    }
}
