package io.hilum.sink.heat;

/**
 * Colours of a heat map over a grey image: dark violet through red and orange to light yellow. Lightness
 * rises all the way, so that it also reads without colour vision; grey never occurs, so that it cannot
 * be taken for image.
 */
final class ColourRamp {

    /** Red, green, blue at equal steps from 0 to 1. */
    private static final int[][] STOPS = {
        {64, 0, 96}, {128, 12, 110}, {187, 40, 84}, {230, 88, 46}, {250, 150, 20}, {252, 226, 110},
    };

    private ColourRamp() {}

    /** @param value 0..1 @return 0xRRGGBB */
    static int at(double value) {
        double place = Math.min(1, Math.max(0, value)) * (STOPS.length - 1);
        int below = Math.min((int) place, STOPS.length - 2);
        double part = place - below;
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
            double mixed = STOPS[below][channel] * (1 - part) + STOPS[below + 1][channel] * part;
            colour = colour << 8 | (int) Math.round(mixed);
        }
        return colour;
    }
}
