package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.Tag;

/**
 * A look-up table of a Modality or VOI LUT sequence (PS3.3 sections C.11.1.1 and C.11.2.1.1). Values before the first
 * mapped one get the first entry, values after the last the last.
 *
 * @param first the value that entry 0 is for
 * @param entries outputs, unsigned
 * @param highest the greatest output the table's bits allow
 */
record Lut(int first, int[] entries, int highest) {

    static Lut of(Attributes item) throws DicomException {
        int[] descriptor = item.integers(Tag.LUT_DESCRIPTOR);
        byte[] data = item.bytes(Tag.LUT_DATA).orElse(new byte[0]);
        if (descriptor.length != 3) {
            throw bad("its descriptor has " + descriptor.length + " values where 3 must be");
        }
        int declared = descriptor[0] & 0xFFFF;
        int count = declared == 0 ? 1 << 16 : declared;
        int bits = descriptor[2] & 0xFFFF;
        boolean bytes = bits <= 8 && data.length <= count + 1;
        if (bits < 1 || bits > 16 || data.length < (bytes ? count : 2 * count)) {
            throw bad(count + " entries of " + bits + " bits do not fit " + data.length + " bytes of data");
        }
        int[] entries = new int[count];
        int greatest = 0;
        for (int i = 0; i < count; i++) {
            entries[i] = bytes ? data[i] & 0xFF : data[2 * i] & 0xFF | (data[2 * i + 1] & 0xFF) << 8;
            greatest = Math.max(greatest, entries[i]);
        }
        // Some devices declare fewer bits than their entries have.
        int highest = Math.max((1 << bits) - 1, Integer.highestOneBit(Math.max(1, greatest)) * 2 - 1);
        return new Lut(descriptor[1], entries, highest);
    }

    private static DicomException bad(String what) {
        return new DicomException(DicomFault.BAD_ATTRIBUTE, "A look-up table of the image cannot be used: " + what);
    }

    /** @return the entry for a value, 0 to {@link #highest} */
    int at(double value) {
        long index = Math.round(value) - first;
        return entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
    }
}
