package io.hilum.ingest.door;

import io.hilum.imaging.net.DimseStatus;

/**
 * Why an object is not taken. Each has a status of its own on the DICOM wire (PS3.4 annex B.2.3; also the STOW-RS
 * failure reason, PS3.18 section 10.5.3), a stable code for dashboards, and a comment of at most 64 characters.
 */
public enum RefusalCause {
    OUT_OF_STORAGE(DimseStatus.OUT_OF_RESOURCES, "out-of-storage", "Hilum is low on disk space, send again later"),
    JOURNAL_FAILED(0xA701, "journal-failed", "Hilum cannot write its journal, send again later"),
    WRONG_SOP_CLASS(DimseStatus.SOP_CLASS_NOT_SUPPORTED, "wrong-sop-class", "Not a CR or DX image, only these are taken"),
    MISMATCH(DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS, "mismatch", "Data set contradicts the announced SOP class or UID"),
    UNSUPPORTED_TRANSFER_SYNTAX(0xC122, "unsupported-transfer-syntax", "Transfer syntax not readable here, send uncompressed"),
    NOT_DICOM(0xC001, "not-dicom", "Not a DICOM object"),
    EMPTY(0xC002, "empty", "The object is empty"),
    TRUNCATED(0xC003, "truncated", "The object ends too early, send it again from its source"),
    MALFORMED(0xC004, "malformed", "The object breaks DICOM encoding rules"),
    TOO_LARGE(0xC005, "too-large", "The object or a length in it is over the limit"),
    IDENTIFIER_MISSING(0xC006, "identifier-missing", "Study, series or SOP instance UID missing or invalid"),
    BAD_ATTRIBUTE(0xC007, "bad-attribute", "An attribute that is needed is missing or unreadable"),
    WRONG_MODALITY(0xC010, "wrong-modality", "Modality is not CR or DX"),
    NOT_CHEST(0xC011, "not-chest", "Body part is not chest"),
    BODY_PART_UNKNOWN(0xC012, "body-part-unknown", "Nothing says that this is a chest film (Body Part Examined)"),
    NO_PIXEL_DATA(0xC020, "no-pixel-data", "The object has no pixel data"),
    PIXEL_LENGTH(0xC021, "pixel-length", "Pixel data length does not fit rows, columns and bits"),
    UNSUPPORTED_PIXELS(0xC022, "unsupported-pixels", "Pixels of this kind are not read here"),
    STUDY_MISMATCH(0xC030, "study-mismatch", "The object belongs to another study than the request"),
    INTERNAL(DimseStatus.PROCESSING_FAILURE, "internal", "Internal failure, see the log of dicom-ingest");

    private final int status;
    private final String code;
    private final String comment;

    RefusalCause(int status, String code, String comment) {
        this.status = status;
        this.code = code;
        this.comment = comment;
    }

    /** DIMSE status and STOW-RS failure reason. */
    public int status() {
        return status;
    }

    /** A short stable word. */
    public String code() {
        return code;
    }

    /** Error Comment, at most 64 ASCII characters. */
    public String comment() {
        return comment;
    }

    /** Whether the same object may be taken later: nothing is wrong with it. */
    public boolean isTransient() {
        return this == OUT_OF_STORAGE || this == JOURNAL_FAILED;
    }
}
