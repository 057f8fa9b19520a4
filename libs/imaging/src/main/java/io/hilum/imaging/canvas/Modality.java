package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.Tag;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Stored values to modality values (PS3.3 section C.11.1): a table, or slope and intercept, or nothing. */
final class Modality {

    private Modality() {}

    static DoubleUnaryOperator of(Attributes dataset) throws DicomException {
        Optional<Attributes> table = dataset.item(Tag.MODALITY_LUT_SEQUENCE);
        if (table.isPresent()) {
            Lut lut = Lut.of(table.get());
            return value -> lut.at(value);
        }
        double slope = number(dataset, Tag.RESCALE_SLOPE, 1);
        double intercept = number(dataset, Tag.RESCALE_INTERCEPT, 0);
        return value -> value * slope + intercept;
    }

    /** A slope that cannot be read must not count as 1: the window would show something else. */
    private static double number(Attributes dataset, int tag, double absent) throws DicomException {
        if (!dataset.hasValue(tag) || dataset.string(tag).isEmpty()) {
            return absent;
        }
        return dataset.decimal(tag).orElseThrow(() -> new DicomException(DicomFault.BAD_ATTRIBUTE,
                Tag.toString(tag) + " is no number, so grey values cannot be told"));
    }
}
