package io.hilum.imaging.dicom;

import java.util.Objects;

/**
 * What a part 10 file says about itself (PS3.10 section 7.1).
 *
 * @param sopClassUid of the object
 * @param sopInstanceUid of the object
 * @param syntaxUid transfer syntax of the dataset that follows
 * @param sourceAeTitle who sent it; null or blank when not known
 */
public record FileMeta(String sopClassUid, String sopInstanceUid, String syntaxUid, String sourceAeTitle) {

    /** Hilum's own implementation class UID, made of a random UUID (PS3.5 annex B.2). */
    public static final String IMPLEMENTATION_CLASS_UID = "2.25.98327560815788860745118889853297116546";

    public static final String IMPLEMENTATION_VERSION = "HILUM_0_1";

    public FileMeta {
        Objects.requireNonNull(sopClassUid, "SOP class UID");
        Objects.requireNonNull(sopInstanceUid, "SOP instance UID");
        Objects.requireNonNull(syntaxUid, "transfer syntax UID");
    }

    /** Group 0002 without its group length, which the writer adds. */
    Attributes toAttributes() {
        Attributes meta = new Attributes()
                .putBytes(Tag.FILE_META_INFORMATION_VERSION, Vr.OB, new byte[] {0, 1})
                .putString(Tag.MEDIA_STORAGE_SOP_CLASS_UID, sopClassUid)
                .putString(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, sopInstanceUid)
                .putString(Tag.TRANSFER_SYNTAX_UID, syntaxUid)
                .putString(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_CLASS_UID)
                .putString(Tag.IMPLEMENTATION_VERSION_NAME, IMPLEMENTATION_VERSION);
        if (sourceAeTitle != null && !sourceAeTitle.isBlank()) {
            meta.putString(Tag.SOURCE_APPLICATION_ENTITY_TITLE, sourceAeTitle.strip());
        }
        return meta;
    }
}
