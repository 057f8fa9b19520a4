package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.PixelImage;
import io.hilum.imaging.dicom.PixelImage.Photometric;
import io.hilum.imaging.dicom.Tag;
import java.util.function.DoubleUnaryOperator;

/**
 * The grey value of every stored value: modality, then VOI, then presentation. Padding is black, after inversion.
 *
 * <p>MONOCHROME1 is inverted after VOI. Presentation LUT Shape INVERSE says the same of a MONOCHROME1 image once more
 * (PS3.3 section C.8.11.3.1.2) and does not invert it again; it inverts a MONOCHROME2 image. Immutable.
 */
final class GreyTable {

    private final int[] grey;
    private final int shift;
    private final int mask;

    private GreyTable(int[] grey, int shift) {
        this.grey = grey;
        this.shift = shift;
        this.mask = grey.length - 1;
    }

    static GreyTable of(Attributes dataset, PixelImage image) throws DicomException {
        Padding padding = Padding.of(dataset, image);
        int shift = image.highBit() + 1 - image.bitsStored();
        int count = 1 << image.bitsStored();
        DoubleUnaryOperator modality = Modality.of(dataset);
        double[] values = new double[count];
        for (int code = 0; code < count; code++) {
            values[code] = modality.applyAsDouble(image.valueOf(code << shift));
        }
        DoubleUnaryOperator voi = Voi.of(dataset, () -> Spread.of(image, shift, values, padding));
        boolean inverse = image.photometric() == Photometric.MONOCHROME1
                || dataset.string(Tag.PRESENTATION_LUT_SHAPE, "").equals("INVERSE");
        int[] grey = new int[count];
        for (int code = 0; code < count; code++) {
            double shown = voi.applyAsDouble(values[code]);
            double presented = inverse ? 1 - shown : shown;
            boolean outside = padding.holds(image.valueOf(code << shift));
            grey[code] = outside ? 0 : (int) Math.round(presented * (255 << Shrink.FRACTION_BITS));
        }
        return new GreyTable(grey, shift);
    }

    /** @param row receives the grey values of film row y, with {@link Shrink#FRACTION_BITS} fraction bits */
    void apply(PixelImage image, int y, int[] row) {
        byte[] stored = image.stored();
        int columns = image.columns();
        if (image.bitsAllocated() == 8) {
            for (int x = 0, at = y * columns; x < columns; x++, at++) {
                row[x] = grey[stored[at] >> shift & mask];
            }
        } else {
            for (int x = 0, at = 2 * y * columns; x < columns; x++, at += 2) {
                row[x] = grey[(stored[at] & 0xFF | stored[at + 1] << 8) >> shift & mask];
            }
        }
    }
}
