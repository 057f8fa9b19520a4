package io.hilum.ingest.config;

/** Which secret the patient key uses. */
public final class Secrets {

    /** Published on purpose: synthetic patients need no secret. */
    private static final String DEMO = "hilum-demonstration-secret-not-for-patients";

    private Secrets() {}

    /** @throws IllegalArgumentException with a sentence when none is configured outside of a demonstration */
    public static String patientKey(IngestConfig config) {
        return config.patientKeySecret().filter(secret -> !secret.isBlank()).orElseGet(() -> {
            if (!config.demo()) {
                throw new IllegalArgumentException("hilum.ingest.patient-key-secret is not set. Set at least 32 random "
                        + "characters (openssl rand -hex 32) and keep them, or set hilum.ingest.demo=true for a "
                        + "demonstration with synthetic patients.");
            }
            return DEMO;
        });
    }
}
