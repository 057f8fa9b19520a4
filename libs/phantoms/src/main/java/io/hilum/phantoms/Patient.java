package io.hilum.phantoms;

import java.time.LocalDate;

/**
 * A person who does not exist.
 *
 * @param key what splits go by; equal for all studies of the patient
 * @param id DICOM patient ID
 * @param name DICOM person name, family^given
 * @param sex drawn independently of everything but the body's shape
 * @param birthDate made up
 * @param studies how many studies there are, 1 to 3
 */
public record Patient(long key, String id, String name, Sex sex, LocalDate birthDate, int studies) {

    /** The split that all studies of this patient belong to. */
    public Split split() {
        return Split.of(key);
    }
}
