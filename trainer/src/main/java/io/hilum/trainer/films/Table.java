package io.hilum.trainer.films;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV table (RFC 4180: quoted fields may hold commas and line feeds) with a header line. Read-only.
 *
 * @param file where it came from, for messages
 * @param columns place of each named column
 */
record Table(Path file, Map<String, Integer> columns, List<Line> lines) {
    private static final CSVFormat RFC4180 = CSVFormat.Builder.create().setIgnoreEmptyLines(false).setTrim(true).get();

    /**
     * @param number line of the file on which the row begins, from 1
     * @param fields as many as the header has
     */
    record Line(long number, String[] fields) {}

    /** @throws IOException one sentence that names the file and the line: no header, broken quotes, another number of fields */
    static Table read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no table " + file + ".");
        }
        List<Line> lines = new ArrayList<>();
        long begin = 1;
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8); CSVParser parser = CSVParser.parse(in, RFC4180)) {
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); begin = parser.getCurrentLineNumber() + 1) {
                String[] fields = records.next().values();
                boolean blank = fields.length == 1 && fields[0].isBlank();
                if (!blank && !lines.isEmpty() && fields.length != lines.get(0).fields().length) {
                    throw new IOException("%s, line %d: %d fields, but the header has %d."
                        .formatted(file, begin, fields.length, lines.get(0).fields().length));
                }
                if (!blank) {
                    lines.add(new Line(begin, fields));
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("%s, line %d: the row cannot be read (%s): a quote that opens a field must be closed right before the next comma."
                .formatted(file, begin, reason(e)), e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IOException("%s, line %d or after: the text is not UTF-8.".formatted(file, begin), e);
        }
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty; it needs a header line.");
        }
        return new Table(file, header(file, lines.get(0)), List.copyOf(lines.subList(1, lines.size())));
    }

    private static String reason(UncheckedIOException e) {
        return String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
    }

    private static Map<String, Integer> header(Path file, Line line) throws IOException {
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int c = 0; c < line.fields().length; c++) {
            String name = line.fields()[c].replace("\uFEFF", "");
            // NIH's own table ends each line with a comma, so its last column has no name.
            if (!name.isEmpty() && columns.put(name, c) != null) {
                throw new IOException("%s, line %d: the header names the column '%s' twice, or there is no header.".formatted(file, line.number(), name));
            }
        }
        return columns;
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** Demands columns before any row is read, so that a table without its header line is told as such. */
    void need(Iterable<String> names) throws IOException {
        for (String name : names) {
            if (!has(name)) {
                throw new IOException("%s, line 1: the header has no column '%s'; it has %s.".formatted(file, name, columns.keySet()));
            }
        }
    }

    /** The value in a column, which must be there. */
    String get(Line line, String column) throws IOException {
        Integer at = columns.get(column);
        if (at == null) {
            need(List.of(column));
        }
        return line.fields()[at];
    }

    /** The value in a column; "" where the table has no such column. */
    String orEmpty(Line line, String column) {
        Integer at = columns.get(column);
        return at == null ? "" : line.fields()[at];
    }
}
