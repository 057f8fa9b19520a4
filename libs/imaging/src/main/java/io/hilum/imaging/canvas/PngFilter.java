package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;

/** PNG's row filters for one byte a pixel (ISO/IEC 15948 section 9). No state; any thread. */
final class PngFilter {

    private static final int SUB = 1;
    private static final int UP = 2;
    private static final int AVERAGE = 3;
    private static final int PAETH = 4;

    private PngFilter() {}

    /**
     * Filters each row with the one of sub, up and Paeth whose differences are the smallest in sum, which is how well
     * deflate will do, nearly.
     *
     * @return each row with its filter's number before it
     */
    static byte[] apply(byte[] pixels, int width, int height) {
        byte[] out = new byte[(width + 1) * height];
        byte[] above = new byte[width];
        byte[] row = new byte[width];
        byte[] trial = new byte[width];
        byte[] best = new byte[width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, row, 0, width);
            long least = Long.MAX_VALUE;
            for (int filter : new int[] {SUB, UP, PAETH}) {
                long sum = filter(filter, row, above, trial);
                if (sum < least) {
                    least = sum;
                    out[y * (width + 1)] = (byte) filter;
                    byte[] swapped = best;
                    best = trial;
                    trial = swapped;
                }
            }
            System.arraycopy(best, 0, out, y * (width + 1) + 1, width);
            byte[] swapped = above;
            above = row;
            row = swapped;
        }
        return out;
    }

    private static long filter(int filter, byte[] row, byte[] above, byte[] out) {
        long sum = 0;
        for (int x = 0; x < row.length; x++) {
            int left = x == 0 ? 0 : row[x - 1] & 0xFF;
            int up = above[x] & 0xFF;
            int prediction = switch (filter) {
                case SUB -> left;
                case UP -> up;
                default -> paeth(left, up, x == 0 ? 0 : above[x - 1] & 0xFF);
            };
            out[x] = (byte) (row[x] - prediction);
            sum += Math.abs(out[x]);
        }
        return sum;
    }

    /** @return the pixels without filter numbers */
    static byte[] undo(byte[] rows, int width, int height) throws DicomException {
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            int filter = rows[y * (width + 1)];
            if (filter < 0 || filter > PAETH) {
                throw new DicomException(DicomFault.PIXEL_STREAM, "This PNG is no canvas: row " + y + " has filter " + filter);
            }
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int left = x == 0 ? 0 : pixels[at - 1] & 0xFF;
                int up = y == 0 ? 0 : pixels[at - width] & 0xFF;
                int prediction = switch (filter) {
                    case SUB -> left;
                    case UP -> up;
                    case AVERAGE -> left + up >> 1;
                    case PAETH -> paeth(left, up, x == 0 || y == 0 ? 0 : pixels[at - width - 1] & 0xFF);
                    default -> 0;
                };
                pixels[at] = (byte) (rows[y * (width + 1) + 1 + x] + prediction);
            }
        }
        return pixels;
    }

    private static int paeth(int left, int up, int upLeft) {
        int estimate = left + up - upLeft;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toUpLeft = Math.abs(estimate - upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }
}
