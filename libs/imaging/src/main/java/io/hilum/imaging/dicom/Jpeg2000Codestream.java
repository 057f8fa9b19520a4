package io.hilum.imaging.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JPEG 2000 codestream (ITU-T T.800 annex A) whose headers were walked from the first marker to the last tile-part:
 * it is whole, of one component, and costs a decoder bounded memory. What it refuses never reaches the library.
 *
 * @param header size and precision
 * @param stream from the start of the codestream to its end marker
 */
record Jpeg2000Codestream(Jpeg2000Header header, byte[] stream) {

    private static final int SOC = 0x4F;
    private static final int SIZ = 0x51;
    private static final int COD = 0x52;
    private static final int COC = 0x53;
    private static final int TLM = 0x55;
    private static final int PPM = 0x60;
    private static final int PPT = 0x61;
    private static final int POC = 0x5F;
    private static final int COM = 0x64;
    private static final int SOT = 0x90;
    private static final int SOD = 0x93;
    private static final int EOC = 0xD9;

    /** Heap that the library takes, about, for a code-block or precinct of a tile, and for what each layer adds to it. */
    private static final long PIECE_BYTES = 250;
    private static final long LAYER_BYTES = 40;

    /** As much as decoded pixels may take. */
    private static final long MAX_HEAP = 128L << 20;

    /** Code-blocks and precincts of all tiles: they cost time, too. The largest films have a tenth of this. */
    private static final long MAX_PIECES = 4L << 20;

    /** Places of all tiles at which packets may stand: empty ones cost time only, about 2 ns each. */
    private static final long MAX_POSITIONS = 64L << 20;

    /** Segments and tile-parts, which the library remembers one by one. */
    private static final int MAX_SEGMENTS = 1 << 16;

    static Jpeg2000Codestream parse(byte[] stream) throws DicomException {
        return new Walk(stream).parse();
    }

    private static final class Walk {

        private final byte[] stream;
        private final MarkerReader in;
        private Jpeg2000Header header;
        private int[] partsOfTile;
        private int segments;
        private int layers;
        private long piecesOfTile;

        /** Places of segments that only say where tile-parts are: a liar there would lead the library astray. */
        private final List<Integer> indexes = new ArrayList<>();

        Walk(byte[] stream) {
            this.stream = stream;
            this.in = new MarkerReader(Jpeg2000Header.PROCESS, stream);
        }

        Jpeg2000Codestream parse() throws DicomException {
            if (in.marker() != SOC || in.marker() != SIZ) {
                throw in.broken("it does not start as a JPEG 2000 codestream does", 0);
            }
            header = Jpeg2000Header.parse(in);
            partsOfTile = new int[header.tiles()];
            int marker = in.marker();
            while (marker != SOT) {
                segment(marker);
                marker = in.marker();
            }
            if (layers == 0) {
                throw in.broken("its main header has no coding style", in.at());
            }
            int end = tileParts();
            for (int tile = 0; tile < partsOfTile.length; tile++) {
                if (partsOfTile[tile] == 0) {
                    throw in.broken("tile " + tile + " of " + partsOfTile.length + " is missing", end);
                }
            }
            return new Jpeg2000Codestream(header, whole(end));
        }

        /** From behind the first SOT marker. @return index of the end marker, or of where it should be */
        private int tileParts() throws DicomException {
            while (true) {
                int start = in.at() - 2;
                int end = tilePart(start);
                in.seek(end);
                if (end == stream.length) {
                    return end;
                }
                int marker = in.marker();
                if (marker == EOC) {
                    return in.at() - 2;
                }
                if (marker != SOT) {
                    throw in.broken("a tile-part is followed by the marker FF" + Integer.toHexString(marker), end);
                }
            }
        }

        /** @return index of the first byte after the tile-part */
        private int tilePart(int start) throws DicomException {
            in.segmentEnd();
            int tile = in.u16();
            long length = in.u32();
            int part = in.u8();
            in.u8();
            if (tile >= partsOfTile.length || part != partsOfTile[tile] || part == 255) {
                throw in.broken("tile-part " + part + " of tile " + tile + " is out of order", start);
            }
            partsOfTile[tile]++;
            count();
            long end = length == 0 ? lastEnd() : start + length;
            int marker = in.marker();
            while (marker != SOD) {
                segment(marker);
                marker = in.marker();
            }
            if (end > stream.length || end < in.at()) {
                throw in.broken("tile-part " + part + " of tile " + tile + " goes past its end", start);
            }
            return (int) end;
        }

        /** A tile-part of length 0 goes to the end marker, behind which only zeros may fill up the fragment. */
        private int lastEnd() throws DicomException {
            int end = stream.length;
            while (end > 0 && stream[end - 1] == 0) {
                end--;
            }
            if (end < 2 || stream[end - 1] != (byte) EOC || stream[end - 2] != (byte) 0xFF) {
                throw in.broken("its end marker is missing", stream.length);
            }
            return end - 2;
        }

        private void segment(int marker) throws DicomException {
            int start = in.at() - 2;
            int end = in.segmentEnd();
            count();
            switch (marker) {
                case COD -> codingStyle();
                case COC -> codingStyleOfComponent();
                case TLM -> indexes.add(start);
                case POC, PPM, PPT -> throw new DicomException(DicomFault.UNSUPPORTED_PIXELS, "The JPEG 2000 stream changes "
                        + "its progression order or packs its packet headers, which this version cannot decode; send the "
                        + "object as " + TransferSyntax.JPEG_LOSSLESS_SV1);
                case SOC, SIZ, SOT, EOC -> throw in.broken("a marker stands where it must not", start);
                default -> { }
            }
            in.seek(end);
        }

        private void codingStyle() throws DicomException {
            boolean ownPrecincts = (in.u8() & 1) != 0;
            in.u8();
            int count = in.u16();
            in.u8();
            layers = Math.max(layers, count);
            if (count == 0) {
                throw in.broken("it has no layers", in.at());
            }
            require(Jpeg2000Coding.parse(in, ownPrecincts));
        }

        private void codingStyleOfComponent() throws DicomException {
            in.u8();
            boolean ownPrecincts = (in.u8() & 1) != 0;
            require(Jpeg2000Coding.parse(in, ownPrecincts));
        }

        private void require(Jpeg2000Coding coding) throws DicomException {
            piecesOfTile = Math.max(piecesOfTile, coding.piecesOfTile(header.tileWidth(), header.tileHeight()));
            long heap = piecesOfTile * (PIECE_BYTES + LAYER_BYTES * layers);
            long positions = coding.positionsOfTile(header.tileWidth(), header.tileHeight()) * header.tiles();
            if (heap > MAX_HEAP || piecesOfTile * header.tiles() > MAX_PIECES || positions > MAX_POSITIONS) {
                throw new DicomException(DicomFault.TOO_LARGE, "The JPEG 2000 stream is cut into " + header.tiles()
                        + " tiles of " + piecesOfTile + " code-blocks and precincts and " + layers
                        + " layers, more than can be held; send the object as " + TransferSyntax.JPEG_LOSSLESS_SV1);
            }
        }

        private void count() throws DicomException {
            if (++segments > MAX_SEGMENTS) {
                throw in.broken("it has more than " + MAX_SEGMENTS + " segments and tile-parts", in.at());
            }
        }

        /** @return the codestream alone, with an end marker, and with comments where indexes of tile-parts were */
        private byte[] whole(int end) {
            byte[] whole = Arrays.copyOf(stream, end + 2);
            whole[end] = (byte) 0xFF;
            whole[end + 1] = (byte) EOC;
            indexes.forEach(index -> whole[index + 1] = COM);
            return whole;
        }
    }
}
