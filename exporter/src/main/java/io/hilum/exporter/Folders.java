package io.hilum.exporter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Folders that appear whole or not at all. */
final class Folders {

    private static final List<String> FOR_PEOPLE = List.of(".md", ".png", ".svg");

    private Folders() {}

    /** Copies what a person reads: the written card and its plots; returns the names. */
    static List<String> copyForPeople(Path from, Path to) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (FOR_PEOPLE.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
                    Files.copy(file, to.resolve(name));
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Makes a folder durable, then visible under its name. */
    static void publish(Path part, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : files.toList()) {
                force(file, StandardOpenOption.WRITE);
            }
        }
        force(part, StandardOpenOption.READ);
        Files.createDirectories(folder.getParent());
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        force(folder.getParent(), StandardOpenOption.READ);
    }

    /** Whether a folder can be published there: nothing is, or an empty folder. */
    static boolean isFree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
