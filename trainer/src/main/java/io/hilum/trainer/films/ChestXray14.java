package io.hilum.trainer.films;

import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * NIH ChestX-ray14 as NIH gives it: {@code Data_Entry_2017.csv} (or its 2020 revision), {@code train_val_list.txt},
 * {@code test_list.txt}. Labels were mined from reports; what a report does not mention counts as negative.
 *
 * @param folder where these files lie
 * @param asked labels wanted, in order; none for the fourteen. {@code No Finding} may be asked for as well
 */
record ChestXray14(Path folder, List<String> asked) implements DataSet.Source {
    static final String NO_FINDING = "No Finding";
    /** In the order of NIH's paper and of the published lists. */
    static final List<String> LABELS = List.of("Atelectasis", "Cardiomegaly", "Effusion", "Infiltration", "Mass", "Nodule",
        "Pneumonia", "Pneumothorax", "Consolidation", "Edema", "Emphysema", "Fibrosis", "Pleural_Thickening", "Hernia");
    static final String SOURCE = "nih";
    private static final List<String> TABLES = List.of("Data_Entry_2017.csv", "Data_Entry_2017_v2020.csv");
    private static final String FINDINGS = "Finding Labels";

    @Override
    public DataSet read() throws IOException {
        List<String> known = new ArrayList<>(LABELS);
        known.add(NO_FINDING);
        List<String> labels = asked.isEmpty() ? LABELS : Labels.choose(asked, known, "ChestX-ray14");
        Map<String, String> splits = splits();
        Table table = table(folder);
        table.need(List.of("Image Index", FINDINGS, "Patient ID", "Patient Age", "Patient Gender", "View Position"));
        Ages ages = new Ages();
        List<FilmRow> rows = new ArrayList<>();
        for (Table.Line line : table.lines()) {
            String where = table.file() + ", line " + line.number();
            String image = table.get(line, "Image Index");
            String patient = patient(image, table.get(line, "Patient ID"), where);
            String split = splits.remove(image);
            rows.add(new FilmRow(table.file(), line.number(), image, labels(table.get(line, FINDINGS), labels, where), patient, patient,
                ages.years(table.get(line, "Patient Age")), Sex.of(table.get(line, "Patient Gender")),
                View.of(table.get(line, "View Position")), SOURCE, split == null ? "" : split,
                number(table.orEmpty(line, "OriginalImage[Width")), number(table.orEmpty(line, "Height]"))));
        }
        if (!splits.isEmpty()) {
            throw new IOException("%s lists %s, which %s does not know.".formatted(folder, splits.keySet().iterator().next(), table.file()));
        }
        return new DataSet("NIH ChestX-ray14 (labels mined from reports; a finding not mentioned counts as absent)", labels, rows, ages.notes());
    }

    static Table table(Path folder) throws IOException {
        for (String name : TABLES) {
            if (Files.exists(folder.resolve(name))) {
                return Table.read(folder.resolve(name));
            }
        }
        throw new IOException("There is neither of " + TABLES + " in " + folder + ".");
    }

    /** The split by image, as far as the lists are there. */
    private Map<String, String> splits() throws IOException {
        Map<String, String> out = new HashMap<>();
        for (String[] list : new String[][] {{"train_val_list.txt", "train"}, {"test_list.txt", "test"}}) {
            Path file = folder.resolve(list[0]);
            List<String> images = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
            for (int i = 0; i < images.size(); i++) {
                String image = images.get(i).strip();
                String before = image.isEmpty() ? null : out.put(image, list[1]);
                if (before != null) {
                    throw new IOException("%s, line %d: %s was listed before, for %s.".formatted(file, i + 1, image, before));
                }
            }
        }
        return out;
    }

    private static int[] labels(String findings, List<String> labels, String where) throws IOException {
        Set<String> found = new HashSet<>(Arrays.asList(findings.split("\\|", -1)));
        for (String finding : found) {
            if (!LABELS.contains(finding) && !finding.equals(NO_FINDING)) {
                throw new IOException("%s: '%s' is no label of ChestX-ray14; %s and '%s' are.".formatted(where, finding, LABELS, NO_FINDING));
            }
        }
        if (found.contains(NO_FINDING) && found.size() > 1) {
            throw new IOException(where + ": '" + findings + "' says that there is a finding and that there is none.");
        }
        return labels.stream().mapToInt(label -> found.contains(label) ? 1 : 0).toArray();
    }

    /** NIH's names begin with the patient's number; this key is that of the small sets too, so that patients are found across sets. */
    static String patient(String image, String number, String where) throws IOException {
        String name = image.substring(image.lastIndexOf('/') + 1);
        int end = name.indexOf('_');
        String key = end < 0 ? "" : name.substring(0, end);
        if (!key.matches("\\d{8}")) {
            throw new IOException("%s: '%s' is no file name of ChestX-ray14, such as 00000001_000.png.".formatted(where, image));
        }
        if (number != null && (!number.matches("\\d{1,8}") || Integer.parseInt(number) != Integer.parseInt(key))) {
            throw new IOException("%s: patient '%s' does not fit the image %s.".formatted(where, number, image));
        }
        return SOURCE + "-" + key;
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    }
}
