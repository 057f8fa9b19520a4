package io.hilum.imaging.dicom;

import java.util.Arrays;

/** RLE Lossless (PS3.5 annex G): a header of offsets, then each byte plane of the pixels in PackBits. */
final class RleDecoder {

    private static final int HEADER = 64;

    private RleDecoder() {}

    /**
     * @param stream one frame
     * @param planes bytes a pixel, 1 or 2; the most significant plane comes first
     * @return little-endian containers
     */
    static byte[] decode(byte[] stream, int pixels, int planes) throws DicomException {
        if (stream.length < HEADER || u32(stream, 0) != planes) {
            throw broken("its header does not name " + planes + " segments", 0);
        }
        if (planes == 1) {
            byte[] plane = new byte[pixels];
            unpack(stream, 0, plane);
            return plane;
        }
        byte[] high = new byte[pixels];
        byte[] low = new byte[pixels];
        unpack(stream, 0, high);
        unpack(stream, 1, low);
        byte[] words = new byte[2 * pixels];
        for (int i = 0; i < pixels; i++) {
            words[2 * i] = low[i];
            words[2 * i + 1] = high[i];
        }
        return words;
    }

    private static void unpack(byte[] stream, int segment, byte[] plane) throws DicomException {
        long start = u32(stream, 4 + 4 * segment);
        if (start < HEADER || start >= stream.length) {
            throw broken("segment " + segment + " starts outside it", 4 + 4 * segment);
        }
        int in = (int) start;
        int out = 0;
        // A segment's end is not trusted: it may be padded, and the number of pixels is known.
        while (out < plane.length) {
            if (in + 1 >= stream.length) {
                throw broken("segment " + segment + " ends after " + out + " of " + plane.length + " pixels", in);
            }
            int control = stream[in++];
            int count = control >= 0 ? control + 1 : 1 - control;
            if (control == -128) {
                continue;
            }
            if (count > plane.length - out || control >= 0 && count > stream.length - in) {
                throw broken("a run in segment " + segment + " goes past its end", in);
            }
            if (control >= 0) {
                System.arraycopy(stream, in, plane, out, count);
                in += count;
            } else {
                Arrays.fill(plane, out, out + count, stream[in++]);
            }
            out += count;
        }
    }

    private static long u32(byte[] bytes, int at) {
        return (bytes[at] & 0xFFL) | (bytes[at + 1] & 0xFFL) << 8 | (bytes[at + 2] & 0xFFL) << 16
                | (bytes[at + 3] & 0xFFL) << 24;
    }

    private static DicomException broken(String what, int at) {
        return new DicomException(DicomFault.PIXEL_STREAM,
                "The RLE stream is broken: " + what + "; send the object again from its source (byte " + at + " of the stream)");
    }
}
