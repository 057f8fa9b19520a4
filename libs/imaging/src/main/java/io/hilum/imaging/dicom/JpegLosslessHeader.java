package io.hilum.imaging.dicom;

import java.util.Arrays;

/**
 * The markers before the entropy-coded data of lossless JPEG (ITU-T T.81 annex B).
 *
 * @param precision bits of a value, 2 to 16
 * @param huffman the table that the scan uses
 * @param predictor 1 to 7
 * @param pointTransform bits that were shifted out, fewer than the precision
 * @param restartInterval pixels between restart markers, whole rows; 0 for none
 * @param scanStart index of the first entropy-coded byte
 */
record JpegLosslessHeader(
        int precision,
        int columns,
        int rows,
        JpegHuffman huffman,
        int predictor,
        int pointTransform,
        int restartInterval,
        int scanStart) {

    private static final String PROCESS = "JPEG lossless";
    private static final int SOI = 0xD8;
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;
    private static final int DRI = 0xDD;

    static JpegLosslessHeader parse(byte[] stream) throws DicomException {
        return new Parser(stream).parse();
    }

    static DicomException broken(String what, int at) {
        return MarkerReader.broken(PROCESS, what, at);
    }

    private static final class Parser {

        private final MarkerReader in;
        private final JpegHuffman[] tables = new JpegHuffman[4];
        private int precision;
        private int rows;
        private int columns;
        private int restartInterval;

        Parser(byte[] stream) {
            this.in = new MarkerReader(PROCESS, stream);
        }

        JpegLosslessHeader parse() throws DicomException {
            if (in.marker() != SOI) {
                throw broken("it does not start as JPEG does", 0);
            }
            while (true) {
                int marker = in.marker();
                int end = in.segmentEnd();
                switch (marker) {
                    case SOF3 -> frame();
                    case DHT -> huffman(end);
                    case DRI -> restartInterval = in.u16();
                    case SOS -> {
                        return scan(end);
                    }
                    default -> refuseOtherProcess(marker);
                }
                in.seek(end);
            }
        }

        private void frame() throws DicomException {
            MarkerReader.Frame frame = in.frame();
            precision = frame.precision();
            rows = frame.rows();
            columns = frame.columns();
        }

        private void huffman(int end) throws DicomException {
            while (in.at() < end) {
                int target = in.u8();
                int[] counts = new int[16];
                for (int i = 0; i < 16; i++) {
                    counts[i] = in.u8();
                }
                byte[] categories = new byte[Arrays.stream(counts).sum()];
                for (int i = 0; i < categories.length; i++) {
                    categories[i] = (byte) in.u8();
                }
                if (target > 3) {
                    throw broken("it defines Huffman table " + target + " where 0 to 3 must be", in.at());
                }
                tables[target] = new JpegHuffman(counts, categories);
            }
        }

        private JpegLosslessHeader scan(int start) throws DicomException {
            int components = in.u8();
            in.u8();
            JpegHuffman table = tables[in.u8() >> 4 & 3];
            int predictor = in.u8();
            in.u8();
            int pointTransform = in.u8() & 0xF;
            if (components != 1 || precision == 0 || table == null || predictor < 1 || predictor > 7
                    || pointTransform >= precision || columns == 0 || rows == 0 || restartInterval % columns != 0) {
                throw broken("its scan header does not fit lossless coding of one component", start);
            }
            return new JpegLosslessHeader(
                    precision, columns, rows, table, predictor, pointTransform, restartInterval, start);
        }

        /** SOF markers are C0 to CF but for DHT, JPG and DAC. */
        private void refuseOtherProcess(int marker) throws DicomException {
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC8 && marker != 0xCC;
            if (frame) {
                throw broken("its process is SOF" + (marker - 0xC0) + ", not lossless (SOF3)", in.at());
            }
        }
    }
}
