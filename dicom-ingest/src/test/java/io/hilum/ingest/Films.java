package io.hilum.ingest;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomWriter;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.dicom.Vr;
import io.hilum.imaging.net.Uids;

/** Tiny chest films for tests: 64 x 48 pixels, 12 bits. */
public final class Films {

    public static final int COLUMNS = 64;
    public static final int ROWS = 48;

    private Films() {}

    /** A PA film of this study, valid in every respect. */
    public static Attributes chest(String studyUid, String instanceUid) {
        byte[] pixels = new byte[2 * COLUMNS * ROWS];
        for (int i = 0; i < COLUMNS * ROWS; i++) {
            int value = i * 4095 / (COLUMNS * ROWS);
            pixels[2 * i] = (byte) value;
            pixels[2 * i + 1] = (byte) (value >> 8);
        }
        return new Attributes()
                .putString(Tag.SOP_CLASS_UID, Uids.DIGITAL_X_RAY_FOR_PRESENTATION)
                .putString(Tag.SOP_INSTANCE_UID, instanceUid)
                .putString(Tag.STUDY_INSTANCE_UID, studyUid)
                .putString(Tag.SERIES_INSTANCE_UID, studyUid + ".1")
                .putString(Tag.MODALITY, "DX")
                .putString(Tag.BODY_PART_EXAMINED, "CHEST")
                .putString(Tag.VIEW_POSITION, "PA")
                .putString(Tag.STUDY_DATE, "20240610")
                .putString(Tag.PATIENT_NAME, "DOE^JANE")
                .putString(Tag.PATIENT_ID, "4711")
                .putString(Tag.PATIENT_SEX, "F")
                .putString(Tag.PATIENT_AGE, "043Y")
                .putInt(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInt(Tag.ROWS, ROWS)
                .putInt(Tag.COLUMNS, COLUMNS)
                .putInt(Tag.BITS_ALLOCATED, 16)
                .putInt(Tag.BITS_STORED, 12)
                .putInt(Tag.HIGH_BIT, 11)
                .putInt(Tag.PIXEL_REPRESENTATION, 0)
                .putString(Tag.WINDOW_CENTER, "2048")
                .putString(Tag.WINDOW_WIDTH, "4096")
                .putBytes(Tag.PIXEL_DATA, Vr.OW, pixels);
    }

    /** A Part 10 file in Explicit VR Little Endian. */
    public static byte[] file(Attributes film) {
        return DicomWriter.toBytes(film, TransferSyntax.EXPLICIT_LE);
    }
}
