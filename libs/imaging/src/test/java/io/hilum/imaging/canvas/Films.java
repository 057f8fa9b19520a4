package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFile;
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

    /** @return the canvas's grey values */
    static int[] greys(Attributes film) throws DicomException {
        DicomFile file = new DicomFile(new Attributes(), film, TransferSyntax.EXPLICIT_LE);
        byte[] pixels = new CanvasRenderer().render(file).canvas().pixels();
        int[] greys = new int[pixels.length];
        Arrays.setAll(greys, i -> pixels[i] & 0xFF);
        return greys;
    }
}
