package io.hilum.imaging.dicom;

/** What one object has used of its limits, and what its parsers must know of each other. One thread only. */
final class Budget {

    private final DicomLimits limits;
    private int elements;
    private boolean signedPixels;

    Budget(DicomLimits limits) {
        this.limits = limits;
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
