package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.PixelImage;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The range of modality values that a film without a window is shown over: from the 0.5th to the 99.5th percentile of
 * its pixels without padding, so that a marker or a dead pixel does not darken the lungs.
 */
record Spread(double low, double high) {

    private static final double TAIL = 0.005;

    /** @param values modality value of each stored code */
    static Spread of(PixelImage image, int shift, double[] values, Padding padding) {
        long[] histogram = new long[values.length];
        for (int pixel = 0; pixel < image.columns() * image.rows(); pixel++) {
            histogram[image.container(pixel) >> shift & values.length - 1]++;
        }
        int[] codes = IntStream.range(0, values.length)
                .filter(code -> histogram[code] > 0 && !padding.holds(image.valueOf(code << shift)))
                .boxed()
                .sorted(Comparator.comparingDouble(code -> values[code]))
                .mapToInt(Integer::intValue)
                .toArray();
        long pixels = IntStream.of(codes).mapToLong(code -> histogram[code]).sum();
        return codes.length == 0
                ? new Spread(0, 0)
                : new Spread(percentile(codes, values, histogram, pixels * TAIL),
                        percentile(codes, values, histogram, pixels * (1 - TAIL)));
    }

    private static double percentile(int[] codes, double[] values, long[] histogram, double rank) {
        long seen = 0;
        for (int code : codes) {
            seen += histogram[code];
            if (seen > rank) {
                return values[code];
            }
        }
        return values[codes[codes.length - 1]];
    }
}
