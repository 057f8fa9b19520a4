package io.hilum.imaging.dicom;

/**
 * The markers before the entropy-coded data of JPEG-LS (ITU-T T.87 annex C).
 *
 * @param precision bits of a sample, 2 to 16
 * @param parameters thresholds and their like, defaults filled in
 * @param restartInterval lines between restart markers; 0 for none
 * @param scanStart index of the first entropy-coded byte
 */
record JpegLsHeader(
        int precision, int columns, int rows, JpegLsParameters parameters, long restartInterval, int scanStart) {

    static final String PROCESS = "JPEG-LS";

    private static final int SOI = 0xD8;
    private static final int SOF55 = 0xF7;
    private static final int LSE = 0xF8;
    private static final int SOS = 0xDA;
    private static final int DRI = 0xDD;

    /** Type of an LSE segment with coding parameters; the others hold tables of colours and sizes over 65,535. */
    private static final int PRESET_PARAMETERS = 1;

    static JpegLsHeader parse(byte[] stream) throws DicomException {
        return new Parser(stream).parse();
    }

    private static final class Parser {

        private final MarkerReader in;
        private int precision;
        private int rows;
        private int columns;
        private long restartInterval;

        /** MAXVAL, three thresholds and RESET as an LSE segment gives them; 0 where the default holds. */
        private final int[] preset = new int[5];

        Parser(byte[] stream) {
            this.in = new MarkerReader(PROCESS, stream);
        }

        JpegLsHeader parse() throws DicomException {
            if (in.marker() != SOI) {
                throw in.broken("it does not start as JPEG does", 0);
            }
            while (true) {
                int marker = in.marker();
                int start = in.at();
                int end = in.segmentEnd();
                switch (marker) {
                    case SOF55 -> frame();
                    case LSE -> preset(end);
                    case DRI -> restart(end - start - 2);
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

        private void preset(int end) throws DicomException {
            if (in.u8() != PRESET_PARAMETERS) {
                return;
            }
            for (int i = 0; i < preset.length; i++) {
                preset[i] = in.u16();
            }
            if (in.at() != end) {
                throw in.broken("its coding parameters have a wrong length", end);
            }
        }

        private void restart(int bytes) throws DicomException {
            restartInterval = switch (bytes) {
                case 2 -> in.u16();
                case 3 -> (long) in.u8() << 16 | in.u16();
                case 4 -> in.u32();
                default -> throw in.broken("its restart interval has " + bytes + " bytes", in.at());
            };
        }

        private JpegLsHeader scan(int start) throws DicomException {
            int components = in.u8();
            in.u8();
            int table = in.u8();
            int near = in.u8();
            in.u8();
            int pointTransform = in.u8() & 0xF;
            if (precision == 0 || components != 1 || table != 0 || pointTransform != 0) {
                throw in.broken("its scan header does not fit one component without tables and point transform", start);
            }
            return new JpegLsHeader(precision, columns, rows, parameters(near), restartInterval, start);
        }

        private JpegLsParameters parameters(int near) throws DicomException {
            int most = (1 << precision) - 1;
            int maxval = preset[0] == 0 ? most : preset[0];
            try {
                if (maxval <= most && near <= maxval / 2) {
                    return JpegLsParameters.of(maxval, near, preset[1], preset[2], preset[3], preset[4]);
                }
            } catch (IllegalArgumentException impossible) {
                throw in.broken("its coding parameters are impossible, " + impossible.getMessage(), in.at());
            }
            throw in.broken("MAXVAL " + maxval + " and NEAR " + near + " do not fit " + precision + " bits", in.at());
        }

        /** SOF markers are C0 to CF but for DHT, JPG and DAC. */
        private void refuseOtherProcess(int marker) throws DicomException {
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame) {
                throw in.broken("its process is SOF" + (marker - 0xC0) + ", not JPEG-LS (SOF55)", in.at());
            }
        }
    }
}
