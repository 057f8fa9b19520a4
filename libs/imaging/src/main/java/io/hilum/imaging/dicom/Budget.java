package io.hilum.imaging.dicom;

/** What one object has used of its limits, and what its parsers must know of each other. One thread only. */
final class Budget {

    /** What a header's reader keeps in all, of one value, and what it counts for an element whatever its length. */
    private static final long HEADER_BYTES = 2 << 20;
    private static final long HEADER_VALUE = 64 << 10;
    private static final long ELEMENT_COST = 100;

    private final DicomLimits limits;
    private final boolean headerOnly;
    private int elements;
    private long kept;
    private boolean passingOver;
    private boolean signedPixels;

    private Budget(DicomLimits limits, boolean headerOnly) {
        this.limits = limits;
        this.headerOnly = headerOnly;
    }

    /** For a reader that keeps everything. */
    static Budget ofObject(DicomLimits limits) {
        return new Budget(limits, false);
    }

    /** For a reader of the header: private elements and long values are passed over, and what is kept is small. */
    static Budget ofHeader(DicomLimits limits) {
        return new Budget(limits, true);
    }

    /**
     * Asks for a value of this length, or for an item.
     *
     * @return false where it is passed over
     * @throws DicomException when the values that must be kept are too many
     */
    boolean keeps(long length, long offset) throws DicomException {
        if (!headerOnly) {
            return true;
        }
        if (passingOver || length > HEADER_VALUE) {
            return false;
        }
        kept += length + ELEMENT_COST;
        if (kept > HEADER_BYTES) {
            throw new DicomException(DicomFault.TOO_LARGE, "The elements before the pixel data have more than "
                    + HEADER_BYTES + " bytes, private ones and long values not counted", offset);
        }
        return true;
    }

    /** Begins an element. @return whether its surroundings are passed over already, for {@link #leave} */
    boolean enter(int tag) {
        boolean before = passingOver;
        passingOver |= headerOnly && (Tag.group(tag) & 1) == 1;
        return before;
    }

    void leave(boolean before) {
        passingOver = before;
    }

    boolean isPassingOver() {
        return passingOver;
    }

    boolean isHeaderOnly() {
        return headerOnly;
    }

    void element(long offset) throws DicomException {
        if (++elements > limits.maxElements()) {
            throw new DicomException(DicomFault.TOO_LARGE,
                    "The object has more than " + limits.maxElements() + " elements", offset);
        }
    }

    void depth(int depth, long offset) throws DicomException {
        if (depth > limits.maxDepth()) {
            throw new DicomException(DicomFault.TOO_LARGE,
                    "Sequences are nested more than " + limits.maxDepth() + " deep", offset);
        }
    }

    /** Whether Pixel Representation said 1: then PS3.6's "US or SS" is SS in implicit VR. */
    boolean signedPixels() {
        return signedPixels;
    }

    void signedPixels(boolean signed) {
        signedPixels = signed;
    }
}
