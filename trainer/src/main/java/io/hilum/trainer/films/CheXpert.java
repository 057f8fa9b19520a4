package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stanford CheXpert: {@code train.csv}, {@code valid.csv} and, where it is there, {@code test.csv}. The training labels
 * were mined from reports, those of valid and test were read by radiologists.
 *
 * @param folder where the tables lie
 * @param lists the table of each split; none for the usual names
 * @param asked labels wanted, in order; none for the five of the competition and of the published recipes
 * @param missingIsNegative whether a label that the report does not mention is negative (as published) or not known
 * @param lateral whether lateral films come too
 */
record CheXpert(Path folder, Map<String, Path> lists, List<String> asked, Uncertainty uncertainty, boolean missingIsNegative,
        boolean lateral) implements DataSet.Source {
    static final List<String> LABELS = List.of("No Finding", "Enlarged Cardiomediastinum", "Cardiomegaly", "Lung Opacity",
        "Lung Lesion", "Edema", "Consolidation", "Pneumonia", "Atelectasis", "Pneumothorax", "Pleural Effusion", "Pleural Other",
        "Fracture", "Support Devices");
    static final List<String> COMPETITION = List.of("Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Pleural Effusion");
    private static final Pattern PATIENT = Pattern.compile("(?:^|/)(patient\\d+)/");

    @Override
    public DataSet read() throws IOException {
        List<String> labels = asked.isEmpty() ? COMPETITION : Labels.choose(asked, LABELS, "CheXpert");
        int[] uncertain = labels.stream().mapToInt(uncertainty::label).toArray();
        Ages ages = new Ages();
        List<FilmRow> rows = new ArrayList<>();
        for (var list : tables().entrySet()) {
            Table table = Table.read(list.getValue());
            table.need(List.of("Path"));
            table.need(labels);
            for (Table.Line line : table.lines()) {
                rows.add(row(table, line, list.getKey(), labels, uncertain, ages));
            }
        }
        List<String> notes = new ArrayList<>(ages.notes());
        long laterals = rows.stream().filter(row -> row.view() == View.OTHER).count();
        notes.add(laterals + " lateral films " + (lateral ? "are among them." : "were left out (--lateral takes them)."));
        if (!lateral) {
            rows.removeIf(row -> row.view() == View.OTHER);
        }
        String how = "uncertain labels: %s, not mentioned: %s".formatted(uncertainty.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            missingIsNegative ? "absent" : "unknown");
        return new DataSet("CheXpert (" + (lateral ? "" : "frontal films; ") + how + ")", labels, rows, notes);
    }

    private Map<String, Path> tables() {
        if (!lists.isEmpty()) {
            return lists;
        }
        Map<String, Path> out = new LinkedHashMap<>();
        for (String split : new String[] {"train", "valid", "test"}) {
            Path file = folder.resolve(split + ".csv");
            if (!split.equals("test") || Files.exists(file)) {
                out.put(split, file);
            }
        }
        return out;
    }

    private FilmRow row(Table table, Table.Line line, String split, List<String> labels, int[] uncertain, Ages ages) throws IOException {
        String where = table.file() + ", line " + line.number();
        // The small and the large release name their root differently; the same film has the same name in a cache.
        String image = table.get(line, "Path").replaceFirst("^CheXpert-v[^/]*/", "");
        Matcher patient = PATIENT.matcher(image);
        if (!patient.find()) {
            throw new IOException("%s: the path '%s' names no patient, such as train/patient00001/study1/view1_frontal.jpg.".formatted(where, image));
        }
        int[] values = new int[labels.size()];
        for (int l = 0; l < values.length; l++) {
            values[l] = switch (Labels.said(table.get(line, labels.get(l)), where, labels.get(l))) {
                case NEGATIVE -> 0;
                case POSITIVE -> 1;
                case UNCERTAIN -> uncertain[l];
                case NOTHING -> missingIsNegative ? 0 : FilmCache.UNKNOWN;
            };
        }
        String key = "chexpert-" + patient.group(1);
        return new FilmRow(table.file(), line.number(), image, values, key, key, ages.years(table.orEmpty(line, "Age")),
            Sex.of(table.orEmpty(line, "Sex")), view(table, line, image, where), "chexpert", split, -1, -1);
    }

    private static View view(Table table, Table.Line line, String image, String where) throws IOException {
        String side = table.orEmpty(line, "Frontal/Lateral");
        boolean frontal = switch (side) {
            case "Frontal" -> true;
            case "Lateral" -> false;
            case "" -> image.contains("frontal");
            default -> throw new IOException(where + ": '" + side + "' is neither Frontal nor Lateral.");
        };
        View view = View.of(table.orEmpty(line, "AP/PA"));
        // A few frontal films are LL or RL by their AP/PA column; the published recipes go by Frontal/Lateral.
        return frontal ? view == View.OTHER ? View.UNKNOWN : view : View.OTHER;
    }
}
