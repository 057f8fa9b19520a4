package io.hilum.ingest.door;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Keys of stored objects: {@code dicom/SITE/xx/STUDY/INSTANCE-DIGEST.dcm}.
 *
 * <p>A key follows from the object alone, not from when or how it came: the same object again meets itself. The
 * same SOP Instance UID with other bytes is another object beside it, with an event of its own; subscribers tell
 * them apart by UID and digest. {@code xx} spreads studies over 256 directories.
 */
public final class ObjectKey {

    /** All received objects lie under it. */
    public static final String PREFIX = "dicom/";
    private static final int DIGEST = 16;

    private ObjectKey() {}

    static String of(String site, String studyUid, String sopInstanceUid, String sha256) {
        CRC32 spread = new CRC32();
        spread.update(studyUid.getBytes(StandardCharsets.US_ASCII));
        return PREFIX + site + "/%02x/".formatted(spread.getValue() & 0xFF) + studyUid + "/" + sopInstanceUid + "-"
                + sha256.substring(0, DIGEST) + ".dcm";
    }

    /** The canvas beside the object. Its pixels are in the name: another renderer makes another canvas. */
    public static String canvas(String objectKey, String pixelSha256) {
        return objectKey.substring(0, objectKey.length() - ".dcm".length()) + ".canvas-"
                + pixelSha256.substring(0, DIGEST) + ".png";
    }
}
