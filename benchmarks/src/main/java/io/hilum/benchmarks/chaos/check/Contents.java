package io.hilum.benchmarks.chaos.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.math.BigInteger;

/** What the engine under test must say, computed anew from its definition and not by its code. */
final class Contents {

    /** A double holds this many bits exactly. */
    private static final int BITS = 53;

    private Contents() {}

    /** The first 53 bits of {@code SHA-256(version ":" label ":" canvas)}, as a fraction. */
    static double probability(String version, String label, String canvas) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(String.join(":", version, label, canvas).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
        BigInteger bits = new BigInteger(1, digest).shiftRight(8 * digest.length - BITS);
        return bits.doubleValue() / Math.pow(2, BITS);
    }
}
