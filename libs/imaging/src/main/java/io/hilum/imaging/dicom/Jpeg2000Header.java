package io.hilum.imaging.dicom;

/**
 * What the size segment of a JPEG 2000 codestream says (ITU-T T.800 section A.5.1), checked to be one grey image at the
 * origin of its grid.
 *
 * @param tileWidth nominal width of a tile in pixels
 * @param tileHeight nominal height
 * @param precision bits of a sample, 1 to 16
 * @param signed whether samples are two's complement
 */
record Jpeg2000Header(int columns, int rows, int tileWidth, int tileHeight, int precision, boolean signed) {

    static final String PROCESS = "JPEG 2000";

    /** More than any film is cut into, and few enough for a library that walks all of them for each. */
    private static final long MAX_TILES = 4096;

    /** Bit 14 of Rsiz: features of part 15, high throughput. */
    private static final int HIGH_THROUGHPUT = 1 << 14;

    /** Reads the segment behind its marker. */
    static Jpeg2000Header parse(MarkerReader in) throws DicomException {
        int end = in.segmentEnd();
        if ((in.u16() & HIGH_THROUGHPUT) != 0) {
            throw in.broken("it is coded as High-Throughput JPEG 2000, against its transfer syntax", in.at());
        }
        long[] grid = new long[8];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = in.u32();
        }
        int components = in.u16();
        int depth = in.u8();
        int precision = (depth & 0x7F) + 1;
        boolean sampled = in.u8() == 1 && in.u8() == 1;
        if (components != 1 || precision > 16) {
            throw in.broken("it has " + components + " components of " + precision + " bits where one of 1 to 16 must be",
                    in.at());
        }
        boolean atOrigin = grid[2] == 0 && grid[3] == 0 && grid[6] == 0 && grid[7] == 0;
        boolean sized = inRange(grid[0]) && inRange(grid[1]) && grid[4] > 0 && grid[5] > 0;
        if (!sampled || !atOrigin || !sized || in.at() != end) {
            throw in.broken("its size segment does not describe a whole film of one component", in.at());
        }
        Jpeg2000Header header = new Jpeg2000Header((int) grid[0], (int) grid[1], (int) Math.min(grid[0], grid[4]),
                (int) Math.min(grid[1], grid[5]), precision, depth >= 0x80);
        if ((long) header.tilesAcross() * header.tilesDown() > MAX_TILES) {
            throw in.broken("it is cut into more than " + MAX_TILES + " tiles", in.at());
        }
        return header;
    }

    /** DICOM's rows and columns have 16 bits. */
    private static boolean inRange(long side) {
        return side > 0 && side <= 0xFFFF;
    }

    private int tilesAcross() {
        return (columns + tileWidth - 1) / tileWidth;
    }

    private int tilesDown() {
        return (rows + tileHeight - 1) / tileHeight;
    }

    int tiles() {
        return tilesAcross() * tilesDown();
    }
}
