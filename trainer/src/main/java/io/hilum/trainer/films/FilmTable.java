package io.hilum.trainer.films;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV table with a header line, such as {@code labels.csv} of a data set. Quoted fields are not needed by any and are refused.
 *
 * @param file where it came from, for messages
 * @param rows each row by column name, in order
 */
record FilmTable(Path file, List<Map<String, String>> rows) {

    static FilmTable read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty; it needs a header line.");
        }
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.split(",", -1);
            if (fields.length != header.length || line.indexOf('"') >= 0) {
                throw new IOException("%s, line %d: %d fields, but the header has %d (quotes are not read)."
                        .formatted(file, i + 1, fields.length, header.length));
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < header.length; c++) {
                row.put(header[c].strip(), fields[c].strip());
            }
            rows.add(row);
        }
        return new FilmTable(file, rows);
    }

    /** The value of a column, which must be there. */
    String get(Map<String, String> row, String column) throws IOException {
        String value = row.get(column);
        if (value == null) {
            throw new IOException(file + " has no column '" + column + "'; it has " + row.keySet() + ".");
        }
        return value;
    }
}
