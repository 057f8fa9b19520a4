package io.hilum.model.card;

/**
 * One output of the model.
 *
 * @param name the finding, as everywhere in the system
 * @param calibration fitted on the validation set
 * @param operatingPoint null when there was not enough evidence; such a label never sets a priority
 */
public record LabelCard(String name, Calibration calibration, OperatingPoint operatingPoint) {
    public LabelCard {
        if (name == null || name.isBlank() || calibration == null) {
            throw new IllegalArgumentException("A label needs a name and a calibration; '%s' has %s.".formatted(name, calibration));
        }
    }
}
