package io.hilum.imaging.dicom;

/**
 * A Huffman table of lossless JPEG (ITU-T T.81 annex C, F.2.2 and H.1.2.2), made to decode a whole difference, its
 * category and its extra bits, in one look-up where both fit {@value #LOOK} bits. Immutable.
 */
final class JpegHuffman {

    static final int LOOK = 13;

    private static final int LONGEST = 16;

    /** For the next LOOK bits: difference << 8 | bits used; 0 where they do not suffice. */
    final int[] look = new int[1 << LOOK];

    /** For each code length: the first code not of this length or shorter, aligned to 16 bits. */
    private final int[] limit = new int[LONGEST + 1];
    private final int[] firstCode = new int[LONGEST + 1];
    private final int[] firstIndex = new int[LONGEST + 1];
    private final byte[] categories;

    /**
     * @param counts number of codes of each length 1 to 16, at index 0 to 15
     * @param categories 0 to 16, in the order of their codes
     */
    JpegHuffman(int[] counts, byte[] categories) throws DicomException {
        this.categories = categories;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            firstCode[length] = code;
            firstIndex[length] = index;
            for (int i = 0; i < counts[length - 1]; i++, index++, code++) {
                if (code >= 1 << length || categories[index] < 0 || categories[index] > 16) {
                    throw new DicomException(DicomFault.PIXEL_STREAM, "The JPEG stream has an impossible Huffman table");
                }
                fillLook(code, length, categories[index]);
            }
            limit[length] = code << LONGEST - length;
            code <<= 1;
        }
    }

    private void fillLook(int code, int length, int category) {
        int extra = category == 16 ? 0 : category;
        int total = length + extra;
        if (total > LOOK) {
            return;
        }
        for (int bits = 0; bits < 1 << extra; bits++) {
            int start = (code << extra | bits) << LOOK - total;
            int entry = difference(category, bits) << 8 | total;
            java.util.Arrays.fill(look, start, start + (1 << LOOK - total), entry);
        }
    }

    /** ITU-T T.81 table H.2: category 16 is 32768 without extra bits. */
    private static int difference(int category, int bits) {
        if (category == 0) {
            return 0;
        }
        if (category == 16) {
            return 32768;
        }
        return bits >= 1 << category - 1 ? bits : bits - (1 << category) + 1;
    }

    /**
     * The slow way, for long codes.
     *
     * @param window at least the next 32 bits, aligned to the top
     * @return difference << 8 | bits used; 0 when no code fits
     */
    int decode(long window) {
        int top = (int) (window >>> 48);
        for (int length = 1; length <= LONGEST; length++) {
            if (top < limit[length]) {
                int index = firstIndex[length] + (top >> LONGEST - length) - firstCode[length];
                int category = categories[index];
                int extra = category == 16 ? 0 : category;
                int bits = extra == 0 ? 0 : (int) (window << length >>> 64 - extra);
                return difference(category, bits) << 8 | length + extra;
            }
        }
        return 0;
    }
}
