package io.hilum.imaging.net;

/** How this software names itself on the wire and in file headers. */
public final class Implementation {

    /** A UUID-derived UID (PS3.5 annex B.2): it needs no registration. */
    public static final String CLASS_UID = "2.25.239811564321570988713461120495103742541";

    /** At most 16 characters (VR SH). */
    public static final String VERSION_NAME = "HILUM_0_1";

    private Implementation() {}
}
