package io.hilum.trainer.data;

import java.util.random.RandomGenerator;

/**
 * The part of a square film that a random resized crop cuts out, drawn as torchvision does: area uniform, aspect
 * 3/4 to 4/3 log-uniform, ten tries, else the whole (whose middle part of a permitted aspect it is). Immutable.
 */
record CropBox(int x, int y, int width, int height) {
    private static final double LOG_ASPECT = StrictMath.log(4.0 / 3);
    private static final int TRIES = 10;

    static CropBox draw(int side, double minArea, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            double area = (minArea + (1 - minArea) * random.nextDouble()) * side * side;
            double aspect = StrictMath.exp(LOG_ASPECT * (2 * random.nextDouble() - 1));
            int w = (int) Math.rint(Math.sqrt(area * aspect));
            int h = (int) Math.rint(Math.sqrt(area / aspect));
            if (w >= 1 && h >= 1 && w <= side && h <= side) {
                int y = random.nextInt(side - h + 1);
                return new CropBox(random.nextInt(side - w + 1), y, w, h);
            }
        }
        return new CropBox(0, 0, side, side);
    }
}
