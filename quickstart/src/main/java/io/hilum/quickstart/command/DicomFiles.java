package io.hilum.quickstart.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The files that a person names: files as they are, folders with all that lies below, in order of name. */
final class DicomFiles {

    private DicomFiles() {}

    /** @throws IllegalArgumentException when a path does not exist or nothing is left */
    static List<Path> under(Collection<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.notExists(path)) {
                throw new IllegalArgumentException(path + " does not exist.");
            }
            try (Stream<Path> below = Files.walk(path)) {
                below.filter(Files::isRegularFile)
                        .filter(file -> Files.isRegularFile(path) || !file.getFileName().toString().matches("\\..*|.*\\.(csv|txt|md|json)"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There is no file under " + paths + ".");
        }
        return files;
    }
}
