package io.hilum.quickstart.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The site's secret for patient keys: drawn at the first start, kept with the data, readable by the owner alone. */
final class DemoSecret {

    private static final int BYTES = 32;

    private DemoSecret() {}

    static String of(DataDirectory data) {
        Path file = data.folder("ingest").resolve("patient-key-secret");
        try {
            if (Files.notExists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(secret));
            }
            return Files.readString(file).trim();
        } catch (IOException unusable) {
            throw new UncheckedIOException("The site's secret " + file + " cannot be read or made", unusable);
        }
    }
}
