package io.hilum.sink.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it stands in the users file: {@code pbkdf2-sha512:ITERATIONS:SALT:HASH}, the last two in
 * base64. PBKDF2, RFC 8018 section 5.2, with HMAC-SHA-512.
 */
public record PasswordHash(int iterations, byte[] salt, byte[] hash) {

    private static final String SCHEME = "pbkdf2-sha512";
    /** OWASP's advice of 2023 for HMAC-SHA-512. */
    private static final int ITERATIONS = 210_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int BYTES = 32;

    public static PasswordHash of(char[] password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS, BYTES));
    }

    /** @throws IllegalArgumentException when the text is no such hash; the text itself is not repeated */
    public static PasswordHash parse(String text) {
        String[] parts = text.strip().split(":");
        try {
            if (parts.length == 4 && parts[0].equals(SCHEME)) {
                PasswordHash parsed = new PasswordHash(Integer.parseInt(parts[1]),
                        Base64.getDecoder().decode(parts[2]), Base64.getDecoder().decode(parts[3]));
                if (parsed.iterations >= 1 && parsed.iterations <= MOST_ITERATIONS && parsed.salt.length >= 8
                        && parsed.hash.length >= 16) {
                    return parsed;
                }
            }
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("is not " + SCHEME + ":ITERATIONS:SALT:HASH", broken);
        }
        throw new IllegalArgumentException("is not " + SCHEME + ":ITERATIONS:SALT:HASH");
    }

    /** Takes about 0.1 s, and as long for a wrong password. */
    public boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder();
        return SCHEME + ":" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            spec.clearPassword();
        }
    }
}
