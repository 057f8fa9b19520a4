package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.Tag;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * Modality values to what is shown, 0 to 1 (PS3.3 section C.11.2). A VOI LUT is taken before a window, because a
 * device that sends both made the table for this film; of several tables or windows the first. Without either, or
 * with a window whose width is not positive, the grey scale spans the values that the film has ({@link Spread}).
 */
final class Voi {

    private Voi() {}

    /** @param spread the film's own range of modality values, asked for only when there is neither */
    static DoubleUnaryOperator of(Attributes dataset, Supplier<Spread> spread) throws DicomException {
        Optional<Attributes> table = dataset.item(Tag.VOI_LUT_SEQUENCE);
        if (table.isPresent()) {
            Lut lut = Lut.of(table.get());
            return value -> (double) lut.at(value) / lut.highest();
        }
        double[] center = dataset.decimals(Tag.WINDOW_CENTER);
        double[] width = dataset.decimals(Tag.WINDOW_WIDTH);
        String function = dataset.string(Tag.VOI_LUT_FUNCTION, "LINEAR");
        boolean linear = !function.equals("LINEAR_EXACT") && !function.equals("SIGMOID");
        if (center.length == 0 || width.length == 0 || width[0] <= 0 || linear && width[0] < 1) {
            Spread own = spread.get();
            return linearExact((own.low() + own.high()) / 2, own.high() - own.low());
        }
        return switch (function) {
            case "LINEAR_EXACT" -> linearExact(center[0], width[0]);
            case "SIGMOID" -> sigmoid(center[0], width[0]);
            default -> linear(center[0], width[0]);
        };
    }

    /** Section C.11.2.1.2.1. A width of 1 is a threshold. */
    private static DoubleUnaryOperator linear(double center, double width) {
        double middle = center - 0.5;
        double half = (width - 1) / 2;
        return value -> value <= middle - half ? 0
                : value > middle + half ? 1
                : (value - middle) / (width - 1) + 0.5;
    }

    /** Section C.11.2.1.3.2; of width 0 (a blank film) a threshold. */
    private static DoubleUnaryOperator linearExact(double center, double width) {
        return value -> value <= center - width / 2 ? 0
                : value > center + width / 2 ? 1
                : (value - center) / width + 0.5;
    }

    /** Section C.11.2.1.3.1. */
    private static DoubleUnaryOperator sigmoid(double center, double width) {
        return value -> 1 / (1 + Math.exp(-4 * (value - center) / width));
    }
}
