package io.hilum.imaging.dicom;

/**
 * The coding parameters of JPEG-LS (ITU-T T.87 sections A.2.1 and C.2.4.1).
 *
 * @param maxval greatest value of a sample
 * @param near greatest difference between a sample and its source; 0 is lossless
 * @param t1 first threshold of local gradients
 * @param t2 second one
 * @param t3 third one
 * @param reset count at which a context's statistics are halved
 */
record JpegLsParameters(int maxval, int near, int t1, int t2, int t3, int reset) {

    private static final int DEFAULT_RESET = 64;

    JpegLsParameters {
        boolean ordered = near + 1 <= t1 && t1 <= t2 && t2 <= t3 && t3 <= maxval;
        if (maxval < 1 || maxval > 0xFFFF || near < 0 || near > Math.min(255, maxval / 2) || !ordered
                || reset < 3 || reset > Math.max(255, maxval)) {
            throw new IllegalArgumentException("no JPEG-LS parameters: MAXVAL " + maxval + ", NEAR " + near
                    + ", thresholds " + t1 + ", " + t2 + ", " + t3 + ", RESET " + reset);
        }
    }

    /**
     * The parameters that a stream gives, with defaults where it gives 0.
     *
     * @throws IllegalArgumentException when they break the rules of table C.1
     */
    static JpegLsParameters of(int maxval, int near, int t1, int t2, int t3, int reset) {
        JpegLsParameters defaults = defaults(maxval, near);
        return new JpegLsParameters(maxval, near, t1 == 0 ? defaults.t1 : t1, t2 == 0 ? defaults.t2 : t2,
                t3 == 0 ? defaults.t3 : t3, reset == 0 ? defaults.reset : reset);
    }

    /** Section C.2.4.1.1.1. */
    private static JpegLsParameters defaults(int maxval, int near) {
        int t1;
        int t2;
        int t3;
        if (maxval >= 128) {
            int factor = Math.min(maxval, 4095) + 128 >> 8;
            t1 = within(factor + 2 + 3 * near, near + 1, maxval);
            t2 = within(4 * factor + 3 + 5 * near, t1, maxval);
            t3 = within(17 * factor + 4 + 7 * near, t2, maxval);
        } else {
            int factor = 256 / (maxval + 1);
            t1 = within(Math.max(2, 3 / factor + 3 * near), near + 1, maxval);
            t2 = within(Math.max(3, 7 / factor + 5 * near), t1, maxval);
            t3 = within(Math.max(4, 21 / factor + 7 * near), t2, maxval);
        }
        return new JpegLsParameters(maxval, near, t1, t2, t3, DEFAULT_RESET);
    }

    private static int within(int value, int least, int most) {
        return value > most || value < least ? least : value;
    }

    /** @return width of a step of the quantised prediction error */
    int step() {
        return 2 * near + 1;
    }

    /** @return number of different prediction errors */
    int range() {
        return (maxval + 2 * near) / step() + 1;
    }

    /** @return bits of a prediction error, qbpp */
    int errorBits() {
        return bitsOf(range());
    }

    /** @return greatest length of a code */
    int limit() {
        int bits = Math.max(2, bitsOf(maxval + 1));
        return 2 * (bits + Math.max(8, bits));
    }

    /** Rounded up binary logarithm. */
    private static int bitsOf(int count) {
        return 32 - Integer.numberOfLeadingZeros(count - 1);
    }
}
