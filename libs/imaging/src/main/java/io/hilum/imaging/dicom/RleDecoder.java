package io.hilum.imaging.dicom;

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
        byte[] containers = new byte[planes * pixels];
        for (int segment = 0; segment < planes; segment++) {
            unpack(stream, segment, containers, planes);
        }
        return containers;
    }

    /** Unpacks a plane straight to its places in the containers: a film is large, so there is no copy between. */
    private static void unpack(byte[] stream, int segment, byte[] containers, int planes) throws DicomException {
        int pixels = containers.length / planes;
        int place = planes - 1 - segment;
        long start = u32(stream, 4 + 4 * segment);
        if (start < HEADER || start >= stream.length) {
            throw broken("segment " + segment + " starts outside it", 4 + 4 * segment);
        }
        int in = (int) start;
        int out = 0;
        // A segment's end is not trusted: it may be padded, and the number of pixels is known.
        while (out < pixels) {
            if (in + 1 >= stream.length) {
                throw broken("segment " + segment + " ends after " + out + " of " + pixels + " pixels", in);
            }
            int control = stream[in++];
            int count = control >= 0 ? control + 1 : 1 - control;
            if (control == -128) {
                continue;
            }
            if (count > pixels - out || control >= 0 && count > stream.length - in) {
                throw broken("a run in segment " + segment + " goes past its end", in);
            }
            for (int i = 0; i < count; i++) {
                containers[(out + i) * planes + place] = stream[control >= 0 ? in + i : in];
            }
            in += control >= 0 ? count : 1;
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
