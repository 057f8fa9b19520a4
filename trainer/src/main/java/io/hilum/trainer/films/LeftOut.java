package io.hilum.trainer.films;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The films that were asked for and are in no cache, each with its reason. One thread. */
final class LeftOut {
    private record Entry(FilmRow row, String reason) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(FilmRow row, String reason) {
        entries.add(new Entry(row, reason));
    }

    int films() {
        return entries.size();
    }

    /** Writes {@code list,line,image,reason}; an older list is removed when nothing was left out. */
    void write(Path file) throws IOException {
        if (entries.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        try (Writer out = Files.newBufferedWriter(file); CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord("list", "line", "image", "reason");
            for (Entry entry : entries) {
                csv.printRecord(entry.row().list(), entry.row().line(), entry.row().image(), entry.reason());
            }
        }
    }
}
