package io.hilum.model.metric;

import java.util.List;

/**
 * The reference's measure of heat maps against boxes (section 6): the pixels of the map above a threshold, against the
 * box's. Its search for the best threshold runs on the very boxes that it reports: a number to compare with the
 * publication, not one to expect elsewhere.
 */
public final class BoxLocalisation {
    private static final float TINY = 1e-7f;

    private BoxLocalisation() {}

    /** Results at one threshold: mean IoU, share of boxes with IoU strictly above 0.25 and 0.5, the mean of the two. */
    public record Row(double threshold, double meanIou, double ap25, double ap50, double map) {}

    /**
     * @param raw Grad-CAM [G * G]
     * @return [side * side] in 0..1: negative values cut, scaled, bilinear with half-pixel centres, scaled again
     */
    public static float[] finalMap(float[] raw, int grid, int side) {
        float[] cut = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            cut[i] = Math.max(0, raw[i]);
        }
        scale(cut);
        float[] out = new float[side * side];
        for (int y = 0; y < side; y++) {
            float fy = Math.max(0, (y + 0.5f) * grid / side - 0.5f);
            int y0 = (int) fy;
            int y1 = Math.min(y0 + 1, grid - 1);
            for (int x = 0; x < side; x++) {
                float fx = Math.max(0, (x + 0.5f) * grid / side - 0.5f);
                int x0 = (int) fx;
                int x1 = Math.min(x0 + 1, grid - 1);
                float top = cut[y0 * grid + x0] * (1 - (fx - x0)) + cut[y0 * grid + x1] * (fx - x0);
                float bottom = cut[y1 * grid + x0] * (1 - (fx - x0)) + cut[y1 * grid + x1] * (fx - x0);
                out[y * side + x] = top * (1 - (fy - y0)) + bottom * (fy - y0);
            }
        }
        scale(out);
        return out;
    }

    private static void scale(float[] map) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : map) {
            low = Math.min(low, v);
        }
        for (int i = 0; i < map.length; i++) {
            map[i] -= low;
            high = Math.max(high, map[i]);
        }
        for (int i = 0; i < map.length; i++) {
            map[i] /= high + TINY;
        }
    }

    /** A box of a film of {@code from} pixels (x, y, w, h) as the reference truncates it to a map of {@code side}. */
    public static int[] box(double[] xywh, int from, int side) {
        int[] out = new int[4];
        for (int k = 0; k < 4; k++) {
            out[k] = (int) ((int) xywh[k] / (double) from * side);
        }
        return out;
    }

    /** @param box x, y, w, h in pixels of the map; half-open */
    public static double iou(float[] map, int side, int[] box, double threshold) {
        long both = 0;
        long either = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                // The reference compares 1 - (1 - value), which rounds.
                boolean shown = 1f - (1f - map[y * side + x]) > threshold;
                boolean inside = x >= box[0] && x < box[0] + box[2] && y >= box[1] && y < box[1] + box[3];
                both += shown && inside ? 1 : 0;
                either += shown || inside ? 1 : 0;
            }
        }
        return either == 0 ? 0 : (double) both / either;
    }

    /** All thresholds 0.01 to 0.60, in steps of 0.01. */
    public static List<Row> table(List<float[]> maps, int side, List<int[]> boxes) {
        return java.util.stream.IntStream.rangeClosed(1, 60).mapToObj(k -> row(maps, side, boxes, k / 100.0)).toList();
    }

    static Row row(List<float[]> maps, int side, List<int[]> boxes, double threshold) {
        int n = maps.size();
        double sum = 0;
        int above25 = 0;
        int above50 = 0;
        for (int i = 0; i < n; i++) {
            double iou = iou(maps.get(i), side, boxes.get(i), threshold);
            sum += iou;
            above25 += iou > 0.25 ? 1 : 0;
            above50 += iou > 0.5 ? 1 : 0;
        }
        return new Row(threshold, sum / n, (double) above25 / n, (double) above50 / n, (above25 + above50) / 2.0 / n);
    }

    /** The first row with the highest mAP. */
    public static Row best(List<Row> table) {
        Row best = table.get(0);
        for (Row row : table) {
            best = row.map() > best.map() ? row : best;
        }
        return best;
    }
}
