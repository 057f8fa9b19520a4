package io.hilum.imaging.dicom;

/**
 * Why a DICOM input is refused. The names are stable: they travel in dead letters and in C-STORE statuses'
 * comments, and dashboards count by them.
 */
public enum DicomFault {
    /** Nothing at all. */
    EMPTY,
    /** No DICM prefix, or bytes that cannot be DICOM. */
    NOT_DICOM,
    /** The bytes end within an element, an item or a sequence. */
    TRUNCATED,
    /** A claimed or inflated length, a nesting or a number of elements is over the limits. */
    TOO_LARGE,
    /** Bytes that break the encoding rules of PS3.5. */
    MALFORMED,
    /** No transfer syntax of this UID is known. */
    UNKNOWN_TRANSFER_SYNTAX,
    /** The transfer syntax is known but its pixels cannot be decoded. */
    UNSUPPORTED_TRANSFER_SYNTAX,
    /** An attribute that is needed is absent, empty or not readable. */
    BAD_ATTRIBUTE,
    /** No pixel data element. */
    NO_PIXEL_DATA,
    /** The pixel data are not as long as rows, columns, samples and bits say. */
    PIXEL_LENGTH,
    /** The compressed pixel stream is broken or incomplete. */
    PIXEL_STREAM,
    /** Colour, several frames, floating point or bit depths that a chest radiograph does not have. */
    UNSUPPORTED_PIXELS
}
