package io.hilum.ingest.door;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.DicomHeader;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.net.Uids;
import java.util.Optional;

/** The header's own consistency: identifiers, agreement with what was announced, length of the pixels. */
final class HeaderCheck {

    private HeaderCheck() {}

    /** @return the Study Instance UID */
    static String identifiers(Incoming incoming, Attributes film) throws RefusedException {
        String sopClass = uid(film, Tag.SOP_CLASS_UID, "SOP Class UID (0008,0016)");
        String instance = uid(film, Tag.SOP_INSTANCE_UID, "SOP Instance UID (0008,0018)");
        String study = uid(film, Tag.STUDY_INSTANCE_UID, "Study Instance UID (0020,000D)");
        uid(film, Tag.SERIES_INSTANCE_UID, "Series Instance UID (0020,000E)");
        agree("SOP Class UID", incoming.meta().sopClassUid(), sopClass);
        agree("SOP Instance UID", incoming.meta().sopInstanceUid(), instance);
        if (incoming.studyUid() != null && !incoming.studyUid().equals(study)) {
            throw new RefusedException(RefusalCause.STUDY_MISMATCH, "The object belongs to study " + study
                    + ", the request stores into study " + incoming.studyUid() + ".");
        }
        return study;
    }

    static void pixels(DicomHeader header) throws RefusedException {
        Optional<DicomException> complaint = header.pixels().complaint(header.dataset());
        if (complaint.isPresent()) {
            throw new RefusedException(cause(complaint.get().fault()), complaint.get().getMessage() + ".");
        }
    }

    /** The refusal for what the reader found wrong. */
    static RefusalCause cause(DicomFault fault) {
        return switch (fault) {
            case EMPTY -> RefusalCause.EMPTY;
            case NOT_DICOM -> RefusalCause.NOT_DICOM;
            case TRUNCATED -> RefusalCause.TRUNCATED;
            case TOO_LARGE -> RefusalCause.TOO_LARGE;
            case MALFORMED -> RefusalCause.MALFORMED;
            case UNKNOWN_TRANSFER_SYNTAX, UNSUPPORTED_TRANSFER_SYNTAX -> RefusalCause.UNSUPPORTED_TRANSFER_SYNTAX;
            case BAD_ATTRIBUTE -> RefusalCause.BAD_ATTRIBUTE;
            case NO_PIXEL_DATA -> RefusalCause.NO_PIXEL_DATA;
            case PIXEL_LENGTH -> RefusalCause.PIXEL_LENGTH;
            case PIXEL_STREAM -> RefusalCause.TRUNCATED;
            case UNSUPPORTED_PIXELS -> RefusalCause.UNSUPPORTED_PIXELS;
        };
    }

    private static String uid(Attributes film, int tag, String name) throws RefusedException {
        String uid = film.uid(tag).orElse("");
        if (!Uids.isValid(uid)) {
            throw new RefusedException(RefusalCause.IDENTIFIER_MISSING, uid.isEmpty()
                    ? name + " is missing; without it the object cannot be told from others."
                    : name + " is '" + Excerpt.ofValue(uid) + "', which is no UID.");
        }
        return uid;
    }

    private static void agree(String name, String announced, String found) throws RefusedException {
        if (!announced.equals(found)) {
            throw new RefusedException(RefusalCause.MISMATCH, name + " is " + found + " in the data set, but the sender "
                    + "announced " + announced + ".");
        }
    }
}
