package io.hilum.imaging.dicom;

/** Turns big endian values to little endian and back (PS3.5 section 7.3). */
final class ByteOrders {

    private ByteOrders() {}

    /** Reverses each whole unit of 1, 2, 4 or 8 bytes in place. */
    static void swap(byte[] value, int unit) {
        for (int start = 0; unit > 1 && start + unit <= value.length; start += unit) {
            for (int low = start, high = start + unit - 1; low < high; low++, high--) {
                byte swapped = value[low];
                value[low] = value[high];
                value[high] = swapped;
            }
        }
    }
}
