package io.hilum.imaging.net;

/** Status codes of DIMSE responses that are fixed by the standard, PS3.7 annex C and PS3.4 annex B.2.3. */
public final class DimseStatus {

    public static final int SUCCESS = 0x0000;
    public static final int PROCESSING_FAILURE = 0x0110;
    public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
    public static final int NOT_AUTHORIZED = 0x0124;
    public static final int UNRECOGNIZED_OPERATION = 0x0211;
    public static final int OUT_OF_RESOURCES = 0xA700;
    public static final int DATA_SET_DOES_NOT_MATCH_SOP_CLASS = 0xA900;
    public static final int CANNOT_UNDERSTAND = 0xC000;

    private DimseStatus() {}

    /** Success, or a warning (0x0001, 0xBxxx): in both cases the object was stored. */
    public static boolean isStored(int status) {
        return status == SUCCESS || status == 0x0001 || (status & 0xF000) == 0xB000;
    }
}
