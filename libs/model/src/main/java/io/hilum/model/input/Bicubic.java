package io.hilum.model.input;

/** One antialiased bicubic resize of grey bytes, see {@link Resampler}. No state; any thread. */
public final class Bicubic {
    private Bicubic() {}

    /**
     * Resizes the rectangle x, y, w, h of an image to outW x outH; nothing outside of the rectangle is used.
     *
     * @param source row-major grey bytes, {@code stride} bytes a row
     * @return [outH * outW] grey bytes
     */
    public static byte[] resize(byte[] source, int stride, int x, int y, int w, int h, int outW, int outH) {
        byte[] out = new byte[outH * outW];
        new Resampler().resize(source, stride, x, y, w, h, false, out, outW, outH);
        return out;
    }
}
