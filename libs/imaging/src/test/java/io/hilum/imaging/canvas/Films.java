package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.PixelDecoder;
import io.hilum.imaging.dicom.PixelImage;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.dicom.Vr;
import java.util.Arrays;

/** Small films for tests: 16 pixels or so, too small to be shrunk. */
final class Films {

    private Films() {}

    /** One row of 16-bit pixels without any window. */
    static Attributes row(int bitsStored, int... values) {
        Attributes film = new Attributes()
                .putInt(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInt(Tag.ROWS, 1)
                .putInt(Tag.COLUMNS, values.length)
                .putInt(Tag.BITS_ALLOCATED, 16)
                .putInt(Tag.BITS_STORED, bitsStored)
                .putInt(Tag.HIGH_BIT, bitsStored - 1)
                .putInt(Tag.PIXEL_REPRESENTATION, 0);
        return film.putInt(Tag.PIXEL_DATA, Vr.OW, values);
    }

    static Attributes window(Attributes film, double center, double width) {
        return film.putDouble(Tag.WINDOW_CENTER, center).putDouble(Tag.WINDOW_WIDTH, width);
    }

    /** @return grey values of the film's only row, 0 to 255; it needs no shape of a film */
    static int[] greys(Attributes film) throws DicomException {
        PixelImage image = PixelDecoder.decode(film, TransferSyntax.EXPLICIT_LE);
        int[] row = new int[image.columns()];
        GreyTable.of(film, image).apply(image, 0, row);
        return Arrays.stream(row).map(grey -> grey + (1 << Shrink.FRACTION_BITS - 1) >> Shrink.FRACTION_BITS).toArray();
    }
}
