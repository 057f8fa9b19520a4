package io.hilum.exporter.onnx;

/**
 * What was seen of one value going into products, by channel.
 *
 * @param low smallest, at most 0 [in]
 * @param high largest, at least 0 [in]
 */
public record ActivationRange(float[] low, float[] high) {

    /** Nothing seen yet. */
    public static ActivationRange none(int channels) {
        return new ActivationRange(new float[channels], new float[channels]);
    }

    /** Widens in place by what one batch showed. */
    public void add(float[] lows, float[] highs) {
        for (int c = 0; c < low.length; c++) {
            low[c] = Math.min(low[c], lows[c]);
            high[c] = Math.max(high[c], highs[c]);
        }
    }

    float largest(int channel) {
        return Math.max(-low[channel], high[channel]);
    }

    /** As it is once each channel is divided by its factor. */
    ActivationRange dividedBy(float[] factors) {
        ActivationRange divided = none(low.length);
        for (int c = 0; c < low.length; c++) {
            divided.low[c] = low[c] / factors[c];
            divided.high[c] = high[c] / factors[c];
        }
        return divided;
    }
}
