package io.hilum.phantoms;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomWriter;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.dicom.Vr;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * A phantom as a DICOM object: Digital X-Ray Image Storage - For Presentation (PS3.3 section A.26), 12 bits stored, explicit
 * VR little endian, with Synthetic Data (0008,001C) = YES.
 *
 * <p>Threading: stateless.
 */
public final class PhantomDicom {

    /** Digital X-Ray Image Storage - For Presentation (PS3.4 section B.5). */
    public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.1.1";
    private static final int MAXIMUM = 4095;

    private PhantomDicom() {
    }

    /**
     * The object as a DICOM file (PS3.10) in memory.
     *
     * @param size rows and columns
     */
    public static byte[] file(PhantomSpec spec, int size) {
        return DicomWriter.toBytes(dataset(spec, size), TransferSyntax.EXPLICIT_LE);
    }

    /**
     * The object's attributes.
     *
     * @param size rows and columns
     */
    public static Attributes dataset(PhantomSpec spec, int size) {
        Attributes d = new Attributes();
        patient(d, spec);
        study(d, spec);
        acquisition(d, spec, size);
        pixels(d, spec, size);
        return d;
    }

    private static void patient(Attributes d, PhantomSpec spec) {
        d.putString(Tag.PATIENT_NAME, spec.patient().name());
        d.putString(Tag.PATIENT_ID, spec.patient().id());
        d.putString(Tag.ISSUER_OF_PATIENT_ID, "HILUM-PHANTOMS");
        d.putString(Tag.PATIENT_BIRTH_DATE, date(spec.patient().birthDate()));
        d.putString(Tag.PATIENT_SEX, spec.patient().sex().code());
        d.putString(Tag.PATIENT_AGE, String.format("%03dY", spec.age()));
    }

    private static void study(Attributes d, PhantomSpec spec) {
        PhantomRandom random = new PhantomRandom(spec.patient().key()).fork("order", spec.study());
        String time = String.format("%02d%02d%02d", random.below(24), random.below(60), random.below(60));
        String date = date(spec.studyDate());
        d.putString(Tag.SOP_CLASS_UID, SOP_CLASS);
        d.putString(Tag.SOP_INSTANCE_UID, PhantomUids.image(spec));
        d.putString(Tag.STUDY_INSTANCE_UID, PhantomUids.study(spec));
        d.putString(Tag.SERIES_INSTANCE_UID, PhantomUids.series(spec));
        for (int tag : new int[] {Tag.STUDY_DATE, Tag.SERIES_DATE, Tag.ACQUISITION_DATE, Tag.CONTENT_DATE}) {
            d.putString(tag, date);
        }
        for (int tag : new int[] {Tag.STUDY_TIME, Tag.SERIES_TIME, Tag.ACQUISITION_TIME, Tag.CONTENT_TIME}) {
            d.putString(tag, time);
        }
        d.putString(Tag.ACCESSION_NUMBER, "A" + String.format("%09d", Long.remainderUnsigned(random.nextLong(), 1_000_000_000L)));
        d.putString(Tag.STUDY_ID, "S" + (spec.study() + 1));
        d.putString(Tag.STUDY_DESCRIPTION, "Chest phantom " + spec.view());
        d.putString(Tag.SERIES_DESCRIPTION, "Chest " + spec.view());
        d.putEmpty(Tag.REFERRING_PHYSICIAN_NAME);
        d.putString(Tag.SYNTHETIC_DATA, "YES");
    }

    private static void acquisition(Attributes d, PhantomSpec spec, int size) {
        Device device = spec.device();
        d.putString(Tag.MODALITY, "DX");
        d.putString(Tag.PRESENTATION_INTENT_TYPE, "FOR PRESENTATION");
        d.putString(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "");
        d.putString(Tag.MANUFACTURER, device.manufacturer());
        d.putString(Tag.MANUFACTURER_MODEL_NAME, device.model());
        d.putString(Tag.DEVICE_SERIAL_NUMBER, device.serial());
        d.putString(Tag.INSTITUTION_NAME, "Hilum Phantom Hospital");
        d.putString(Tag.SOFTWARE_VERSIONS, "1");
        d.putString(Tag.BODY_PART_EXAMINED, "CHEST");
        d.putString(Tag.VIEW_POSITION, spec.view().name());
        d.putString(Tag.POSITIONER_TYPE, "NONE");
        d.putString(Tag.DETECTOR_TYPE, "SCINTILLATOR");
        d.putString(Tag.IMAGE_LATERALITY, "U");
        d.putString(Tag.PATIENT_ORIENTATION, "L", "F");
        d.putInt(Tag.SERIES_NUMBER, 1);
        d.putInt(Tag.INSTANCE_NUMBER, 1);
        d.putItems(Tag.ANATOMIC_REGION_SEQUENCE, code("816094009", "SCT", "Chest"));
        d.putItems(Tag.VIEW_CODE_SEQUENCE, spec.view() == View.PA
                ? code("272479007", "SCT", "postero-anterior") : code("399348003", "SCT", "antero-posterior"));
        d.putItems(Tag.ACQUISITION_CONTEXT_SEQUENCE);
        double spacing = Math.round(device.pixelSpacing() * 1024 / size * 10_000) / 10_000.0;
        d.putDouble(Tag.IMAGER_PIXEL_SPACING, spacing, spacing);
    }

    private static void pixels(Attributes d, PhantomSpec spec, int size) {
        boolean inverse = spec.device().monochrome1();
        short[] grey = PhantomRenderer.grey12(spec, size, size);
        byte[] bytes = new byte[grey.length * 2];
        for (int i = 0; i < grey.length; i++) {
            int value = inverse ? MAXIMUM - grey[i] : grey[i];
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        d.putInt(Tag.SAMPLES_PER_PIXEL, 1);
        d.putString(Tag.PHOTOMETRIC_INTERPRETATION, inverse ? "MONOCHROME1" : "MONOCHROME2");
        d.putInt(Tag.ROWS, size);
        d.putInt(Tag.COLUMNS, size);
        d.putInt(Tag.BITS_ALLOCATED, 16);
        d.putInt(Tag.BITS_STORED, 12);
        d.putInt(Tag.HIGH_BIT, 11);
        d.putInt(Tag.PIXEL_REPRESENTATION, 0);
        d.putString(Tag.PIXEL_INTENSITY_RELATIONSHIP, "LOG");
        d.putInt(Tag.PIXEL_INTENSITY_RELATIONSHIP_SIGN, Vr.SS, inverse ? -1 : 1);
        // By PS3.3 section C.11.2.1.2 this window maps 0..4095 to the whole range, nothing cut.
        d.putDouble(Tag.WINDOW_CENTER, 2048);
        d.putDouble(Tag.WINDOW_WIDTH, 4096);
        d.putDouble(Tag.RESCALE_INTERCEPT, 0);
        d.putDouble(Tag.RESCALE_SLOPE, 1);
        d.putString(Tag.RESCALE_TYPE, "US");
        d.putString(Tag.PRESENTATION_LUT_SHAPE, inverse ? "INVERSE" : "IDENTITY");
        d.putString(Tag.BURNED_IN_ANNOTATION, "NO");
        d.putString(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        d.putBytes(Tag.PIXEL_DATA, Vr.OW, bytes);
    }

    private static Attributes code(String value, String scheme, String meaning) {
        return new Attributes().putString(Tag.CODE_VALUE, value).putString(Tag.CODING_SCHEME_DESIGNATOR, scheme)
                .putString(Tag.CODE_MEANING, meaning);
    }

    private static String date(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
