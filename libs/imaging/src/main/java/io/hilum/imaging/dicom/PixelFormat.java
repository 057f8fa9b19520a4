package io.hilum.imaging.dicom;

import io.hilum.imaging.dicom.PixelImage.Photometric;

/** What a header says about its pixels (PS3.3 section C.7.6.3), checked to be one grey frame that can be held. */
record PixelFormat(
        int columns, int rows, int bitsAllocated, int bitsStored, int highBit, boolean signed, Photometric photometric) {

    /** A claim of 65,535 x 65,535 pixels must not cost 8 GB before the first one is decoded. */
    private static final long MAX_BYTES = 128L << 20;

    static PixelFormat of(Attributes dataset) throws DicomException {
        requireOne(dataset, Tag.NUMBER_OF_FRAMES, "frames; only single radiographs can be rendered");
        requireOne(dataset, Tag.SAMPLES_PER_PIXEL, "colour components; only grey radiographs can be rendered");
        int columns = number(dataset, Tag.COLUMNS);
        int rows = number(dataset, Tag.ROWS);
        int allocated = number(dataset, Tag.BITS_ALLOCATED);
        int stored = number(dataset, Tag.BITS_STORED);
        int highBit = dataset.integer(Tag.HIGH_BIT, stored - 1);
        if (allocated != 8 && allocated != 16) {
            throw new DicomException(DicomFault.UNSUPPORTED_PIXELS,
                    "Pixels of " + allocated + " bits allocated cannot be rendered, only 8 and 16");
        }
        if (columns == 0 || rows == 0 || stored < 1 || stored > highBit + 1 || highBit >= allocated) {
            throw new DicomException(DicomFault.BAD_ATTRIBUTE, "The header contradicts itself: " + columns + " columns, "
                    + rows + " rows, " + allocated + " bits allocated, " + stored + " stored, high bit " + highBit);
        }
        if ((long) columns * rows * allocated / 8 > MAX_BYTES) {
            throw new DicomException(DicomFault.TOO_LARGE, columns + " x " + rows + " pixels of " + allocated
                    + " bits are over the limit of " + MAX_BYTES + " bytes for decoded pixels");
        }
        boolean signed = dataset.integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
        return new PixelFormat(columns, rows, allocated, stored, highBit, signed, photometric(dataset));
    }

    private static void requireOne(Attributes dataset, int tag, String what) throws DicomException {
        int count = dataset.integer(tag, 1);
        if (count != 1) {
            throw new DicomException(DicomFault.UNSUPPORTED_PIXELS, "The object has " + count + " " + what);
        }
    }

    private static int number(Attributes dataset, int tag) throws DicomException {
        return dataset.integer(tag).orElseThrow(() -> new DicomException(
                DicomFault.BAD_ATTRIBUTE, Tag.toString(tag) + " is missing, so the pixels cannot be read"));
    }

    private static Photometric photometric(Attributes dataset) throws DicomException {
        String name = dataset.string(Tag.PHOTOMETRIC_INTERPRETATION).orElseThrow(() -> new DicomException(
                DicomFault.BAD_ATTRIBUTE, Tag.toString(Tag.PHOTOMETRIC_INTERPRETATION) + " is missing, so black cannot"
                        + " be told from white"));
        return switch (name) {
            case "MONOCHROME1" -> Photometric.MONOCHROME1;
            case "MONOCHROME2" -> Photometric.MONOCHROME2;
            default -> throw new DicomException(DicomFault.UNSUPPORTED_PIXELS,
                    "The photometric interpretation is " + name + "; only MONOCHROME1 and MONOCHROME2 can be rendered");
        };
    }

    int pixels() {
        return columns * rows;
    }

    /** @return length of the stored values */
    int bytes() {
        return pixels() * (bitsAllocated / 8);
    }

    /**
     * The format when a compressed stream says its values have other bits than the header. A stream of whole containers
     * says nothing of where in them a negative value has its sign: the header does.
     */
    PixelFormat withPrecision(int precision) throws DicomException {
        if (precision > bitsAllocated) {
            throw new DicomException(DicomFault.PIXEL_STREAM, "The compressed stream has " + precision
                    + " bits a pixel, but the header allocates " + bitsAllocated);
        }
        return precision == bitsStored || signed && precision == bitsAllocated
                ? this
                : new PixelFormat(columns, rows, bitsAllocated, precision, precision - 1, signed, photometric);
    }

    /** The format when a compressed stream says that its values are two's complement. */
    PixelFormat withSign() {
        return new PixelFormat(columns, rows, bitsAllocated, bitsStored, highBit, true, photometric);
    }

    PixelImage image(byte[] stored) {
        return new PixelImage(columns, rows, bitsAllocated, bitsStored, highBit, signed, photometric, stored);
    }
}
