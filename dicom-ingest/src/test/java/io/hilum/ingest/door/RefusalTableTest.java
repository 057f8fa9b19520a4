package io.hilum.ingest.door;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTableTest {

    @Test
    void tellsTheAdministratorNothingElseThanTheWireDoes() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("hilum.root", ".."), "dicom-ingest", "README.md"));
        for (RefusalCause cause : RefusalCause.values()) {
            String row = "| `0x%04X` | `%s` | %s |".formatted(cause.status(), cause.code(), cause.comment());
            assertTrue(readme.contains(row), "README.md lacks: " + row);
        }
    }
}
