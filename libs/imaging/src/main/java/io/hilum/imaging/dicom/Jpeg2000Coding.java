package io.hilum.imaging.dicom;

/**
 * The part of a coding style segment that says what a decoder must hold (ITU-T T.800 sections A.6.1 and A.6.2).
 *
 * @param levels wavelet decompositions, 0 to 32
 * @param blockWidth binary logarithm of a code-block's width, 2 to 10
 * @param blockHeight binary logarithm of its height; both together 12 at most
 * @param precincts for each resolution, the least first: logarithm of a precinct's width in bits 0 to 3, of its height
 *     in bits 4 to 7
 */
record Jpeg2000Coding(int levels, int blockWidth, int blockHeight, int[] precincts) {

    private static final int MAX_PRECINCT = 15;
    private static final int HIGH_THROUGHPUT = 0x40;

    /**
     * Reads from the number of decomposition levels on.
     *
     * @param ownPrecincts whether sizes of precincts follow
     */
    static Jpeg2000Coding parse(MarkerReader in, boolean ownPrecincts) throws DicomException {
        int levels = in.u8();
        int width = in.u8() + 2;
        int height = in.u8() + 2;
        int style = in.u8();
        int transformation = in.u8();
        if (levels > 32 || width > 10 || height > 10 || width + height > 12 || transformation > 1
                || (style & HIGH_THROUGHPUT) != 0) {
            throw in.broken("its coding style is none of JPEG 2000 part 1", in.at());
        }
        int[] precincts = new int[levels + 1];
        for (int r = 0; r <= levels; r++) {
            precincts[r] = ownPrecincts ? in.u8() : MAX_PRECINCT << 4 | MAX_PRECINCT;
            boolean empty = (precincts[r] & 0xF) == 0 || precincts[r] >> 4 == 0;
            if (r > 0 && empty) {
                throw in.broken("a precinct of resolution " + r + " is too small to hold a code-block", in.at());
            }
        }
        return new Jpeg2000Coding(levels, width, height, precincts);
    }

    /** @return number of code-blocks and precincts of a tile, at most */
    long piecesOfTile(int width, int height) {
        long pieces = 0;
        for (int r = 0; r <= levels; r++) {
            int down = levels - r;
            long across = halved(width, down);
            long high = halved(height, down);
            int precinctWidth = precincts[r] & 0xF;
            int precinctHeight = precincts[r] >> 4;
            long inPrecincts = pieces(across, precinctWidth) * pieces(high, precinctHeight);
            // The three subbands of a resolution, and their part of a precinct, are half as wide and high.
            int less = r == 0 ? 0 : 1;
            long inBlocks = pieces(halved(across, less), Math.min(blockWidth, precinctWidth - less))
                    * pieces(halved(high, less), Math.min(blockHeight, precinctHeight - less)) * (r == 0 ? 1 : 3);
            pieces += inPrecincts + inBlocks;
        }
        return pieces;
    }

    /**
     * @return places of the tile that the library visits when packets are ordered by position: a grid as fine as the
     *     least width and the least height of any resolution's precincts, for each resolution
     */
    long positionsOfTile(int width, int height) {
        int across = Integer.SIZE;
        int down = Integer.SIZE;
        for (int r = 0; r <= levels; r++) {
            across = Math.min(across, (precincts[r] & 0xF) + levels - r);
            down = Math.min(down, (precincts[r] >> 4) + levels - r);
        }
        return pieces(width, across) * pieces(height, down) * (levels + 1);
    }

    private static long halved(long length, int times) {
        return length + (1L << times) - 1 >> times;
    }

    /** One more than fit, as a tile may start within a piece. */
    private static long pieces(long length, int logarithm) {
        return halved(length, logarithm) + 1;
    }
}
