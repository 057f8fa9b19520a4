package io.hilum.imaging.dicom;

import java.util.Optional;

/**
 * Pixel data's length as found, beside the one that the header says (PS3.5 section 8).
 *
 * @param present whether there is a pixel data element at all
 * @param encapsulated whether it came in fragments
 * @param found bytes of native pixel data, or of all fragments without the offset table
 * @param expected bytes by frames x rows x columns x samples x bits allocated; -1 when the header does not say, or
 *     when it is compressed
 * @param fragments number of fragments without the offset table, 0 when native
 */
public record PixelLength(boolean present, boolean encapsulated, long found, long expected, int fragments) {

    static final PixelLength ABSENT = new PixelLength(false, false, 0, -1, 0);

    static PixelLength ofNative(Attributes dataset, long found) {
        return new PixelLength(true, false, found, expected(dataset), 0);
    }

    static PixelLength ofFragments(long found, int fragments) {
        return new PixelLength(true, true, found, -1, fragments);
    }

    private static long expected(Attributes dataset) {
        long rows = dataset.integer(Tag.ROWS, 0);
        long columns = dataset.integer(Tag.COLUMNS, 0);
        long bits = dataset.integer(Tag.BITS_ALLOCATED, 0);
        long samples = dataset.integer(Tag.SAMPLES_PER_PIXEL, 1);
        long frames = Math.max(1, dataset.integer(Tag.NUMBER_OF_FRAMES, 1));
        if (rows <= 0 || columns <= 0 || bits <= 0 || samples <= 0) {
            return -1;
        }
        // At most 2^16 each for four of them and 2^31 frames: dividing first keeps the product in range.
        double bytes = (double) rows * columns * samples * bits / 8 * frames;
        return bytes > 1L << 60 ? Long.MAX_VALUE : (long) Math.ceil(bytes);
    }

    /**
     * Why the pixels cannot be right, in one refusal; empty when their length is right. Up to one row too many is
     * let pass (devices pad to their own block size); more means that rows or columns are wrong, and an image cut
     * at the wrong place must not be shown.
     */
    public Optional<DicomException> complaint(Attributes dataset) {
        if (!present) {
            return Optional.of(new DicomException(DicomFault.NO_PIXEL_DATA,
                    "The object has no pixel data (7FE0,0010); only images can be scored"));
        }
        if (encapsulated) {
            return found > 0 ? Optional.empty() : Optional.of(new DicomException(DicomFault.PIXEL_LENGTH,
                    "The compressed pixel data are empty; send the object again from its source"));
        }
        if (expected < 0) {
            return Optional.of(new DicomException(DicomFault.BAD_ATTRIBUTE,
                    "Rows, Columns or Bits Allocated is missing or zero, so the pixel data cannot be read"));
        }
        long row = expected / Math.max(1, dataset.integer(Tag.ROWS, 1));
        if (found >= expected && found - expected <= Math.max(1, row - 1)) {
            return Optional.empty();
        }
        return Optional.of(new DicomException(DicomFault.PIXEL_LENGTH, "The pixel data are " + found
                + " bytes long, but Rows x Columns x Samples x Bits say " + expected
                + "; send the object again from its source"));
    }
}
