package io.hilum.sink.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** From the contracts' values to the database's. */
public final class Values {

    /** DICOM PS3.5 section 9.1 allows 64; a little more is a sloppy sender, much more is an attack. */
    private static final int LONGEST_UID = 128;

    private Values() {}

    /** Null where the contract's text is empty. PostgreSQL's text holds no U+0000. */
    public static String text(String value) {
        String clean = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        return clean.isEmpty() ? null : clean;
    }

    /** Null where the contract's time (microseconds since the epoch) is 0: unknown. */
    public static OffsetDateTime time(long micros) {
        return micros == 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    public static OffsetDateTime now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** A study UID that can be a key. */
    public static String uid(String value, String what) throws Rejected {
        if (value.isBlank() || value.length() > LONGEST_UID || value.chars().anyMatch(Character::isISOControl)) {
            throw new Rejected("The " + what + " is empty, longer than " + LONGEST_UID + " characters, or holds control"
                    + " characters; a row needs one.");
        }
        return value;
    }

    /** The constant's name; a constant of a newer contract is rejected, because guessing it could hide a finding. */
    public static String name(Enum<?> constant) throws Rejected {
        if (constant.name().equals("UNRECOGNIZED")) {
            throw new Rejected("The record holds a " + constant.getDeclaringClass().getSimpleName()
                    + " that this version does not know. Upgrade results-sink, then replay the partition.");
        }
        return constant.name();
    }

    /** A probability or logit: NaN and infinities are rejected. */
    public static double finite(double value, String what) throws Rejected {
        if (!Double.isFinite(value)) {
            throw new Rejected("The " + what + " is " + value + ", which is no score.");
        }
        return value;
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Sets all parameters in order; nulls included. */
    public static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
