package io.hilum.phantoms;

/** Which patients a set may hold. A patient, with all studies, is in exactly one split. */
public enum Split {
    TRAIN, VALIDATION, TEST;

    /** The split of a patient, by a hash of the patient's key: 80 % train, 10 % validation, 10 % test. */
    public static Split of(long patientKey) {
        long bucket = Math.floorMod(PhantomRandom.mix(patientKey ^ 0x5711D5A17L), 10L);
        return bucket < 8 ? TRAIN : bucket == 8 ? VALIDATION : TEST;
    }
}
