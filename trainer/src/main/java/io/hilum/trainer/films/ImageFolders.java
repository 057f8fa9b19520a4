package io.hilum.trainer.films;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the image that a row names: at that path in one of the folders, else without the folder of the split, else, when the
 * row gives a bare name, anywhere below (ChestX-ray14 comes in twelve folders). One thread.
 */
final class ImageFolders {
    private static final int DEPTH = 4;
    private static final Path AMBIGUOUS = Path.of("");

    private final List<Path> folders;
    private Map<String, Path> below;

    ImageFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** @throws IOException one sentence that names the row, when there is no such image or several have the name */
    Path find(FilmRow row) throws IOException {
        String image = row.image();
        String bare = image.substring(image.lastIndexOf('/') + 1);
        try {
            // A folder of the split's name may have been taken off; deeper names say whose film it is.
            for (String name : image.indexOf('/') == image.lastIndexOf('/') ? List.of(image, bare) : List.of(image)) {
                for (Path folder : folders) {
                    Path path = folder.resolve(name);
                    if (Files.isRegularFile(path)) {
                        return path;
                    }
                }
            }
        } catch (InvalidPathException e) {
            throw new IOException("%s: '%s' cannot be the name of an image.".formatted(row.where(), image), e);
        }
        Path path = bare.equals(image) ? below().get(bare) : null;
        if (path == AMBIGUOUS) {
            throw new IOException("%s: several images below %s are called %s.".formatted(row.where(), folders, bare));
        }
        if (path == null) {
            throw new IOException("%s: there is no image %s in %s.".formatted(row.where(), image, folders));
        }
        return path;
    }

    private Map<String, Path> below() throws IOException {
        if (below == null) {
            below = new HashMap<>();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder, DEPTH)) {
                    files.filter(Files::isRegularFile).forEach(file -> below.merge(file.getFileName().toString(), file, (a, b) -> AMBIGUOUS));
                } catch (java.io.UncheckedIOException e) {
                    throw new IOException("The folder %s cannot be searched: %s.".formatted(folder, e.getCause().getMessage()), e);
                }
            }
        }
        return below;
    }
}
