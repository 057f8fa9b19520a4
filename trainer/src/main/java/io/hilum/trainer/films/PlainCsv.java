package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any table with a header line and a row for each film. A label is 1, 0, or -1 or nothing for what nobody knows.
 *
 * @param file the table
 * @param description what the films are
 * @param labels column of each label, by the label's name, in order
 * @param columns column of a {@link Role}, where it is not the usual one
 * @param constants value of a {@link Role} that is the same for every film and has no column
 * @param absentLabelIsUnknown whether a label without a column is taken as not known; else it is an error
 */
record PlainCsv(Path file, String description, Map<String, String> labels, Map<Role, String> columns, Map<Role, String> constants,
        boolean absentLabelIsUnknown) implements DataSet.Source {

    private static final int MOST_SOURCES = 250;

    /** What a column can say about a film, and the column where it is looked for. */
    enum Role {
        IMAGE("image"), PATIENT("patient_id"), CLUSTER("patient_id"), SPLIT("split"), AGE("age"), SEX("sex"), VIEW("view"),
        SOURCE("source"), WIDTH("original_width"), HEIGHT("original_height"),
        /** Put before every patient's key, so that the numbers of two hospitals are not taken for each other. */
        PREFIX("");

        private final String usual;

        Role(String usual) {
            this.usual = usual;
        }
    }

    @Override
    public DataSet read() throws IOException {
        Table table = Table.read(file);
        table.need(List.of(column(Role.IMAGE)));
        table.need(columns.values());
        if (!absentLabelIsUnknown) {
            table.need(labels.values());
        }
        Ages ages = new Ages();
        List<FilmRow> rows = new ArrayList<>();
        for (Table.Line line : table.lines()) {
            rows.add(row(table, line, ages));
        }
        long sources = rows.stream().map(FilmRow::source).distinct().count();
        if (sources > MOST_SOURCES) {
            throw new IOException("%s: the column '%s' has %d values; it should name hospitals or collections, at most %d (--column source=COLUMN)."
                .formatted(file, column(Role.SOURCE), sources, MOST_SOURCES));
        }
        return new DataSet(description, List.copyOf(labels.keySet()), rows, ages.notes());
    }

    private FilmRow row(Table table, Table.Line line, Ages ages) throws IOException {
        String where = file + ", line " + line.number();
        String image = value(table, line, Role.IMAGE);
        if (image.isEmpty()) {
            throw new IOException(where + ": the image has no name.");
        }
        String source = value(table, line, Role.SOURCE);
        if (image.indexOf('\n') >= 0 || source.indexOf('\n') >= 0) {
            throw new IOException(where + ": an image's name and source have one line each.");
        }
        int[] values = new int[labels.size()];
        int l = 0;
        for (var label : labels.entrySet()) {
            values[l++] = table.has(label.getValue())
                ? Labels.plain(Labels.said(table.get(line, label.getValue()), where, label.getKey())) : FilmCache.UNKNOWN;
        }
        return new FilmRow(file, line.number(), image, values, key(table, line, Role.PATIENT), key(table, line, Role.CLUSTER),
            ages.years(value(table, line, Role.AGE)), Sex.of(value(table, line, Role.SEX)), View.of(value(table, line, Role.VIEW)),
            source, value(table, line, Role.SPLIT), pixels(table, line, Role.WIDTH, where),
            pixels(table, line, Role.HEIGHT, where));
    }

    private String column(Role role) {
        if (role == Role.CLUSTER && !columns.containsKey(role)) {
            return column(Role.PATIENT);
        }
        return columns.getOrDefault(role, role.usual);
    }

    private String value(Table table, Table.Line line, Role role) {
        String constant = constants.get(role);
        return constant != null ? constant : table.orEmpty(line, column(role));
    }

    private String key(Table table, Table.Line line, Role role) {
        String key = value(table, line, role);
        return key.isEmpty() ? "" : constants.getOrDefault(Role.PREFIX, "") + key;
    }

    private int pixels(Table table, Table.Line line, Role role, String where) throws IOException {
        String text = value(table, line, role);
        if (text.isEmpty()) {
            return -1;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IOException("%s: '%s' is no %s in pixels.".formatted(where, text, role.name().toLowerCase(java.util.Locale.ROOT)));
        }
        return Integer.parseInt(text);
    }

    /** Labels as somebody names them: {@code COLUMN}, or {@code NAME=COLUMN} where the column's name says little. */
    static Map<String, String> labels(List<String> asked) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String label : asked) {
            int at = label.indexOf('=');
            if (out.put(at < 0 ? label : label.substring(0, at), label.substring(at + 1)) != null) {
                throw new IllegalArgumentException("A label is named twice in " + asked + ".");
            }
        }
        return out;
    }

    /** The small set of ChestX-ray14 films: {@code labels.csv} and {@code images/}, films of 1024 x 1024 made smaller. */
    static PlainCsv cxr14Mini(Path folder, List<String> asked) {
        List<String> labels = Labels.choose(asked, ChestXray14.LABELS, "cxr14-mini");
        return new PlainCsv(folder.resolve("labels.csv"), "cxr14-mini, a small part of NIH ChestX-ray14 (labels mined from reports)",
            labels(labels), Map.of(Role.SPLIT, "official_list"),
            Map.of(Role.SOURCE, ChestXray14.SOURCE, Role.PREFIX, ChestXray14.SOURCE + "-", Role.WIDTH, "1024", Role.HEIGHT, "1024"), false);
    }

    /** The small set of films with and without COVID-19; its groups, not its patients (many unknown), keep films together. */
    static PlainCsv covidxMini(Path folder) {
        return new PlainCsv(folder.resolve("labels.csv"),
            "covidx-mini (COVID-19 or not; the two come from different hospitals, so a classifier can win without the lungs)",
            Map.of("COVID-19", "label"), Map.of(Role.CLUSTER, "group"), Map.of(), false);
    }
}
