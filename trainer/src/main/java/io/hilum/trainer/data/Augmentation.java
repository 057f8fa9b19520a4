package io.hilum.trainer.data;

import io.hilum.model.input.Bicubic;
import java.util.random.RandomGenerator;

/**
 * What is done to a film on its way into a batch: a random part of it resized to the input, perhaps mirrored,
 * perhaps with other contrast. All draws come from the generator that is passed in. No state; any thread.
 *
 * @param minArea smallest part of the film's area that may be cut out; 1 keeps whole films. A small part may
 *     lose the finding while the label stays
 * @param flip whether half of the films are mirrored. A mirrored chest has its heart on the right, so leave
 *     this off where sides matter
 * @param contrast largest change of gain and (times 64) of brightness; 0 changes nothing
 */
public record Augmentation(double minArea, boolean flip, double contrast) {
    /** Whole films as they are. */
    public static final Augmentation NONE = new Augmentation(1, false, 0);
    private static final double ASPECT = 4.0 / 3;
    private static final int TRIES = 10;

    /** @return [size * size] grey bytes of a film [side * side] */
    public byte[] apply(byte[] film, int side, int size, RandomGenerator random) {
        int x = 0;
        int y = 0;
        int w = side;
        int h = side;
        if (minArea < 1) {
            for (int i = 0; i < TRIES; i++) {
                double area = random.nextDouble(minArea, 1) * side * side;
                double aspect = Math.exp(random.nextDouble(-Math.log(ASPECT), Math.log(ASPECT)));
                int tw = (int) Math.round(Math.sqrt(area * aspect));
                int th = (int) Math.round(Math.sqrt(area / aspect));
                if (tw <= side && th <= side) {
                    w = tw;
                    h = th;
                    x = random.nextInt(side - w + 1);
                    y = random.nextInt(side - h + 1);
                    break;
                }
            }
        }
        byte[] out = w == size && h == size && side == size ? film.clone() : Bicubic.resize(film, side, x, y, w, h, size, size);
        if (flip && random.nextBoolean()) {
            mirror(out, size);
        }
        if (contrast > 0) {
            tone(out, random);
        }
        return out;
    }

    private static void mirror(byte[] image, int size) {
        for (int r = 0; r < size; r++) {
            for (int a = r * size, b = a + size - 1; a < b; a++, b--) {
                byte swap = image[a];
                image[a] = image[b];
                image[b] = swap;
            }
        }
    }

    private void tone(byte[] image, RandomGenerator random) {
        double gain = 1 + random.nextDouble(-contrast, contrast);
        double shift = random.nextDouble(-contrast, contrast) * 64;
        byte[] table = new byte[256];
        for (int v = 0; v < 256; v++) {
            table[v] = (byte) Math.max(0, Math.min(255, Math.round((v - 128) * gain + 128 + shift)));
        }
        for (int i = 0; i < image.length; i++) {
            image[i] = table[image[i] & 0xff];
        }
    }
}
