package io.hilum.trainer.data;

/**
 * The operations of {@link RandAugment}, in the words and with the strengths of timm's increasing set. On grey films
 * Pillow's colour balance changes nothing; it stays in the list so that the others are drawn as often as in the reference.
 */
enum Distortion {
    AUTO_CONTRAST, EQUALIZE, INVERT, ROTATE, POSTERIZE, SOLARIZE, SOLARIZE_ADD, COLOR, CONTRAST, BRIGHTNESS, SHARPNESS,
    SHEAR_X, SHEAR_Y, TRANSLATE_X, TRANSLATE_Y;

    private static final double DEGREES = 30;
    private static final double ENHANCE = 0.9;
    private static final double SHEAR = 0.3;
    private static final double SHARE = 0.45;

    /**
     * @param m strength, 0 to 1
     * @param sign 1 or -1, the direction of what has one
     * @param cubic whether affine maps read with the cubic filter; else bilinear
     * @param fill grey level of what lies outside of the film
     */
    void apply(GreyImage image, double m, int sign, boolean cubic, int fill) {
        switch (this) {
            case AUTO_CONTRAST -> image.autoContrast();
            case EQUALIZE -> image.equalize();
            case INVERT -> image.invert();
            case ROTATE -> image.warp(Affine.rotation(sign * DEGREES * m, image.side()), cubic, fill);
            case POSTERIZE -> image.posterize(4 - (int) (4 * m));
            case SOLARIZE -> image.solarize(256 - (int) (256 * m));
            case SOLARIZE_ADD -> image.solarizeAdd(Math.min(128, (int) (110 * m)));
            case COLOR -> { }
            case CONTRAST -> image.contrast(enhance(m, sign));
            case BRIGHTNESS -> image.brightness(enhance(m, sign));
            case SHARPNESS -> image.sharpness(enhance(m, sign));
            case SHEAR_X -> image.warp(new Affine(1, sign * SHEAR * m, 0, 0, 1, 0), cubic, fill);
            case SHEAR_Y -> image.warp(new Affine(1, 0, 0, sign * SHEAR * m, 1, 0), cubic, fill);
            case TRANSLATE_X -> image.warp(new Affine(1, 0, sign * SHARE * m * image.side(), 0, 1, 0), cubic, fill);
            case TRANSLATE_Y -> image.warp(new Affine(1, 0, 0, 0, 1, sign * SHARE * m * image.side()), cubic, fill);
        }
    }

    private static double enhance(double m, int sign) {
        return Math.max(0.1, 1 + sign * ENHANCE * m);
    }
}
