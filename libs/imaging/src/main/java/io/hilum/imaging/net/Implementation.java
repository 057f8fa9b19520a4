package io.hilum.imaging.net;

/** How this software names itself on the wire, the same as in file headers. */
public final class Implementation {

    public static final String CLASS_UID = io.hilum.imaging.dicom.FileMeta.IMPLEMENTATION_CLASS_UID;

    /** At most 16 characters (VR SH). */
    public static final String VERSION_NAME = io.hilum.imaging.dicom.FileMeta.IMPLEMENTATION_VERSION;

    private Implementation() {}
}
