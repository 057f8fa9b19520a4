package io.hilum.imaging.net;

import java.util.List;
import java.util.Map;

/** The unique identifiers of PS3.6 annex A that the network layer has to know. */
public final class Uids {

    public static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
    public static final String VERIFICATION = "1.2.840.10008.1.1";
    public static final String COMPUTED_RADIOGRAPHY = "1.2.840.10008.5.1.4.1.1.1";
    public static final String DIGITAL_X_RAY_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1";
    public static final String DIGITAL_X_RAY_FOR_PROCESSING = "1.2.840.10008.5.1.4.1.1.1.1.1";

    public static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
    public static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    public static final String DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99";
    public static final String EXPLICIT_VR_BIG_ENDIAN = "1.2.840.10008.1.2.2";
    public static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";
    public static final String JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
    public static final String JPEG_LOSSLESS = "1.2.840.10008.1.2.4.57";
    public static final String JPEG_LOSSLESS_SV1 = "1.2.840.10008.1.2.4.70";
    public static final String JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80";
    public static final String JPEG_LS_NEAR_LOSSLESS = "1.2.840.10008.1.2.4.81";
    public static final String JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90";
    public static final String JPEG_2000 = "1.2.840.10008.1.2.4.91";

    /** The transfer syntaxes that can be rendered today. */
    public static final List<String> READABLE_TRANSFER_SYNTAXES = List.of(
            EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, JPEG_LOSSLESS_SV1, JPEG_LOSSLESS, JPEG_LS_LOSSLESS,
            JPEG_LS_NEAR_LOSSLESS, JPEG_2000_LOSSLESS, JPEG_2000, RLE_LOSSLESS, JPEG_BASELINE,
            DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN);

    private static final String STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1.";

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(VERIFICATION, "Verification"),
            Map.entry(COMPUTED_RADIOGRAPHY, "Computed Radiography Image"),
            Map.entry(DIGITAL_X_RAY_FOR_PRESENTATION, "Digital X-Ray Image - For Presentation"),
            Map.entry(DIGITAL_X_RAY_FOR_PROCESSING, "Digital X-Ray Image - For Processing"),
            Map.entry("1.2.840.10008.5.1.4.1.1.1.2", "Digital Mammography Image - For Presentation"),
            Map.entry("1.2.840.10008.5.1.4.1.1.2", "CT Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.4", "MR Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.4.1", "Enhanced MR Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.6.1", "Ultrasound Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.7", "Secondary Capture Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.20", "Nuclear Medicine Image"),
            Map.entry("1.2.840.10008.5.1.4.1.1.30", "Parametric Map"),
            Map.entry("1.2.840.10008.5.1.4.1.1.66.4", "Segmentation"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.11", "Basic Text SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.88.33", "Comprehensive SR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.481.2", "RT Dose"),
            Map.entry("1.2.840.10008.5.1.4.1.1.481.5", "RT Plan"),
            Map.entry("1.2.840.10008.1.3.10", "Media Storage Directory"),
            Map.entry(IMPLICIT_VR_LITTLE_ENDIAN, "Implicit VR Little Endian"),
            Map.entry(EXPLICIT_VR_LITTLE_ENDIAN, "Explicit VR Little Endian"),
            Map.entry(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, "Deflated Explicit VR Little Endian"),
            Map.entry(EXPLICIT_VR_BIG_ENDIAN, "Explicit VR Big Endian"),
            Map.entry(RLE_LOSSLESS, "RLE Lossless"),
            Map.entry(JPEG_BASELINE, "JPEG Baseline"),
            Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended (12 bit)"),
            Map.entry(JPEG_LOSSLESS, "JPEG Lossless"),
            Map.entry(JPEG_LOSSLESS_SV1, "JPEG Lossless SV1"),
            Map.entry(JPEG_LS_LOSSLESS, "JPEG-LS Lossless"),
            Map.entry(JPEG_LS_NEAR_LOSSLESS, "JPEG-LS Near-lossless"),
            Map.entry(JPEG_2000_LOSSLESS, "JPEG 2000 Lossless"),
            Map.entry(JPEG_2000, "JPEG 2000"),
            Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
            Map.entry("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Lossless"),
            Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
            Map.entry("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile"),
            Map.entry("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile"));

    private Uids() {}

    /** Whether the UID names a storage SOP class of the standard (PS3.4 annex B.5). */
    public static boolean isStorage(String sopClassUid) {
        return sopClassUid.startsWith(STORAGE_ROOT);
    }

    /** Name and UID for a message to people, or the bare UID where the name is not known. */
    public static String name(String uid) {
        String name = NAMES.get(uid);
        return name == null ? uid : name;
    }

    /**
     * Whether the text may stand where DICOM wants a UID: digits in components joined by dots, at most 64
     * characters (PS3.5 section 9.1; leading zeros are tolerated because archives hold them).
     */
    public static boolean isValid(String uid) {
        return uid != null && !uid.isEmpty() && uid.length() <= 64 && uid.matches("[0-9]+(\\.[0-9]+)*");
    }
}
