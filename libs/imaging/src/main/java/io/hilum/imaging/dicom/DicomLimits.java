package io.hilum.imaging.dicom;

/**
 * How much a reader takes from a stranger before it refuses with {@link DicomFault#TOO_LARGE}.
 *
 * @param maxBytes bytes of one dataset, after inflating; a longer claim is refused before anything is allocated.
 *     Too small: large films (4,300 x 4,300 x 16 bit is 37 MB) are refused. Too large: memory per association grows
 * @param maxElements elements, items and fragments of one dataset: each costs about 100 bytes of heap however
 *     short its value
 * @param maxDepth nested sequences
 */
public record DicomLimits(long maxBytes, int maxElements, int maxDepth) {

    /** 64 MiB, 200,000 elements, 32 levels. */
    public static final DicomLimits DEFAULT = new DicomLimits(64L << 20, 200_000, 32);

    public DicomLimits {
        if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 16 || maxElements < 1 || maxDepth < 1 || maxDepth > 256) {
            throw new IllegalArgumentException("DICOM limits must be positive, maxBytes under 2 GiB and maxDepth at "
                    + "most 256, but are " + maxBytes + " bytes, " + maxElements + " elements, depth " + maxDepth);
        }
    }

    public DicomLimits withMaxBytes(long bytes) {
        return new DicomLimits(bytes, maxElements, maxDepth);
    }
}
