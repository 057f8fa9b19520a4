package io.hilum.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What an upload's bytes are: SHA-256 to compare objects, MD5 because S3 checks what arrived against it.
 *
 * <p>Threading: one thread; reading a digest does not end it.
 */
final class Digests {

    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");

    static Digests of(InputStream in) throws IOException {
        Digests digests = new Digests();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digests.update(buffer, 0, read);
        }
        return digests;
    }

    void update(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        md5.update(bytes, offset, length);
    }

    String sha256Hex() {
        return HexFormat.of().formatHex(soFar(sha256));
    }

    String md5Base64() {
        return Base64.getEncoder().encodeToString(soFar(md5));
    }

    private static byte[] soFar(MessageDigest digest) {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("the JDK's own digests can be cloned", impossible);
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has " + name, impossible);
        }
    }
}
