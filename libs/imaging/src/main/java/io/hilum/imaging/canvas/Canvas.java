package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.DicomException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one set of pixels that a model sees: 8-bit grey, bone white, aspect kept.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels width x height grey values, row by row, 0 black to 255 white; not copied: do not change them
 */
public record Canvas(int width, int height, byte[] pixels) {

    public Canvas {
        if (width < 1 || height < 1 || pixels.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a canvas of " + width + " x " + height + " cannot have " + pixels.length + " pixels");
        }
    }

    /** @return the grey value at column x, row y: 0 to 255 */
    public int at(int x, int y) {
        return pixels[y * width + x] & 0xFF;
    }

    /** @return a PNG of 8-bit grey without alpha; the same pixels always give the same bytes with one JDK */
    public byte[] toPng() {
        return GreyPng.encode(this);
    }

    /** @throws DicomException when it is not a whole PNG of 8-bit grey, not interlaced, as {@link #toPng} writes */
    public static Canvas fromPng(byte[] png) throws DicomException {
        return GreyPng.decode(png);
    }

    /** @return SHA-256 of the pixels, row by row, in lower-case hex: the canvas hash of every event */
    public String pixelSha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
