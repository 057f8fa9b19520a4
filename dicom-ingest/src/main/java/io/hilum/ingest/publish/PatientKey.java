package io.hilum.ingest.publish;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a patient where names and numbers must not: HMAC-SHA256 over site, issuer and patient ID. Without the
 * secret it cannot be turned back by trying all numbers.
 *
 * <p>Threading: immutable.
 */
public final class PatientKey {

    private static final int SHORTEST_SECRET = 32;

    private final SecretKeySpec secret;
    private final String site;

    /** @throws IllegalArgumentException when the secret has less than 32 characters */
    public PatientKey(String secret, String site) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("hilum.ingest.patient-key-secret has " + secret.length() + " characters; "
                    + "at least " + SHORTEST_SECRET + " are needed, e.g. from 'openssl rand -hex 32'. Keep it: with another "
                    + "secret every patient looks new.");
        }
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.site = site;
    }

    /** @return lower-case hex; empty when the film names no patient ID: such films must not look like one patient */
    public String of(Attributes film) {
        String id = film.string(Tag.PATIENT_ID, "").trim();
        return id.isEmpty() ? "" : of(film.string(Tag.ISSUER_OF_PATIENT_ID, "").trim(), id);
    }

    String of(String issuer, String patientId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            // Separated by NUL, which no part can hold: ("a", "bc") is not ("ab", "c").
            String text = site + "\0" + issuer + "\0" + patientId;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
