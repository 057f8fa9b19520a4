package io.hilum.imaging.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A small grey film for tests of pixel decoders. */
final class TestFilms {

    static final int COLUMNS = 37;
    static final int ROWS = 23;

    private TestFilms() {}

    /** A header without pixels. */
    static Attributes film(int allocated, int stored) {
        return new Attributes()
                .putInt(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInt(Tag.ROWS, ROWS).putInt(Tag.COLUMNS, COLUMNS)
                .putInt(Tag.BITS_ALLOCATED, allocated).putInt(Tag.BITS_STORED, stored).putInt(Tag.HIGH_BIT, stored - 1)
                .putInt(Tag.PIXEL_REPRESENTATION, 0);
    }

    /** Smooth with steps, so that short and long codes and all differences occur. */
    static int[] pixels(int bits) {
        Random random = new Random(bits);
        int[] pixels = new int[COLUMNS * ROWS];
        for (int i = 0; i < pixels.length; i++) {
            boolean step = random.nextInt(10) == 0;
            pixels[i] = (step ? random.nextInt(1 << bits) : i * 3 + random.nextInt(4)) & (1 << bits) - 1;
        }
        return pixels;
    }

    static int[] values(PixelImage image) {
        int[] values = new int[image.columns() * image.rows()];
        Arrays.setAll(values, image::value);
        return values;
    }

    /** @return values of a stream of that film */
    static int[] decoded(int allocated, int stored, byte[] stream, TransferSyntax syntax) throws DicomException {
        return values(PixelDecoder.decode(film(allocated, stored).putFragments(Tag.PIXEL_DATA, List.of(stream)), syntax));
    }
}
