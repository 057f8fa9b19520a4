package io.hilum.imaging.dicom;

/**
 * Statistics of prediction errors by context (ITU-T T.87 sections A.2.1, A.5.1, A.6 and A.7.2), in the standard's
 * letters: A sums magnitudes, B errors, N counts, C corrects the prediction. Contexts 1 to 364 are those of local
 * gradients; {@link #RUN} and the one behind it are those of interrupted runs. One thread only.
 */
final class JpegLsContexts {

    /** Context of a run's interruption where left and above differ; the next one is that where they do not. */
    static final int RUN = 365;

    private static final int COUNT = 367;
    private static final int LEAST_CORRECTION = -128;
    private static final int MOST_CORRECTION = 127;

    private final int[] a = new int[COUNT];
    private final int[] b = new int[COUNT];
    private final int[] n = new int[COUNT];
    private final int[] negative = new int[2];
    private final int reset;
    private final int step;

    /** What each context adds to the prediction. */
    final int[] c = new int[COUNT];

    JpegLsContexts(JpegLsParameters parameters) {
        this.reset = parameters.reset();
        this.step = parameters.step();
        java.util.Arrays.fill(a, Math.max(2, parameters.range() + 32 >> 6));
        java.util.Arrays.fill(n, 1);
    }

    /** @return Golomb parameter k of a context of gradients */
    int golomb(int context) {
        return golomb(n[context], a[context]);
    }

    /** @return Golomb parameter k of an interruption */
    int golombOfRun(int context) {
        return golomb(n[context], context == RUN ? a[context] : a[context] + (n[context] >> 1));
    }

    /** The least k with n << k >= a. */
    private static int golomb(int n, int a) {
        int k = Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(a);
        if (k < 0) {
            return 0;
        }
        return (long) n << k < a ? k + 1 : k;
    }

    /** Section A.5.2, inverted: whether lossless coding with k = 0 counts the errors from -1 down first. */
    boolean isSkewed(int context) {
        return 2 * b[context] <= -n[context];
    }

    /** Section A.6. */
    void update(int context, int error) {
        int sum = b[context] + error * step;
        int count = n[context];
        a[context] += Math.abs(error);
        if (count == reset) {
            a[context] >>= 1;
            sum >>= 1;
            count >>= 1;
        }
        count++;
        if (sum <= -count) {
            sum = Math.max(sum + count, 1 - count);
            if (c[context] > LEAST_CORRECTION) {
                c[context]--;
            }
        } else if (sum > 0) {
            sum = Math.min(sum - count, 0);
            if (c[context] < MOST_CORRECTION) {
                c[context]++;
            }
        }
        b[context] = sum;
        n[context] = count;
    }

    /** Section A.7.2.2, inverted: @return the error that a code's value means. */
    int errorOfRun(int context, int k, int value) {
        int type = context - RUN;
        int mapped = value + type;
        int magnitude = mapped + 1 >> 1;
        boolean manyNegative = k != 0 || 2 * negative[type] >= n[context];
        return manyNegative == ((mapped & 1) == 1) ? -magnitude : magnitude;
    }

    /** @param value as coded, of which {@code error} was made */
    void updateRun(int context, int error, int value) {
        int type = context - RUN;
        if (error < 0) {
            negative[type]++;
        }
        a[context] += value + 1 - type >> 1;
        if (n[context] == reset) {
            a[context] >>= 1;
            n[context] >>= 1;
            negative[type] >>= 1;
        }
        n[context]++;
    }
}
