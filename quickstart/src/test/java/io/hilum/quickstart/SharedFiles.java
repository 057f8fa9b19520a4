package io.hilum.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real DICOM files, which lie outside the project. */
final class SharedFiles {

    private SharedFiles() {}

    /** Skips the test, saying so, where the files are not there. */
    static Path dicom() {
        Path folder = Path.of(System.getProperty("hilum.shared", "../../shared")).resolve("data/dicom");
        Assumptions.assumeTrue(Files.isDirectory(folder), "SKIPPED: no real DICOM files at " + folder);
        return folder;
    }

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
        }
    }
}
