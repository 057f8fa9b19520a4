package io.hilum.trainer.films;

import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * COVIDx: text lists of {@code PATIENT FILE CLASS SOURCE}, one for each split, images in a folder of the split's name.
 * Exactly one class is true of each film, so these labels want a cross entropy over classes ({@code loss: ce}).
 *
 * @param folder where {@code train.txt}, {@code val.txt} and {@code test.txt} lie
 * @param lists the list of each split; none for the usual names, as far as they are there
 * @param classes in the published order: {@link #THREE} or {@link #TWO}
 */
record CovidX(Path folder, Map<String, Path> lists, List<String> classes) implements DataSet.Source {
    /** COVIDx CXR-3 of the published recipes. */
    static final List<String> THREE = List.of("normal", "pneumonia", "COVID-19");
    /** COVIDx CXR-4 of the published recipes. */
    static final List<String> TWO = List.of("negative", "positive");

    @Override
    public DataSet read() throws IOException {
        Map<String, Path> found = new LinkedHashMap<>(lists);
        if (found.isEmpty()) {
            for (String split : new String[] {"train", "val", "test"}) {
                Path file = folder.resolve(split + ".txt");
                if (Files.exists(file)) {
                    found.put(split, file);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("There is none of train.txt, val.txt and test.txt in " + folder + "; --list SPLIT=FILE names other ones.");
        }
        List<FilmRow> rows = new ArrayList<>();
        for (var list : found.entrySet()) {
            for (WordList.Line line : WordList.read(list.getValue(), 4, "patient, file, class, source")) {
                rows.add(row(line, list.getValue(), list.getKey()));
            }
        }
        return new DataSet("COVIDx (one of the classes " + String.join(", ", classes) + " a film)", classes, rows,
            List.of("COVIDx tells neither age nor sex nor view."));
    }

    private FilmRow row(WordList.Line line, Path file, String split) throws IOException {
        String name = line.words()[2];
        int found = classes.indexOf(name);
        if (found < 0) {
            throw new IOException("%s, line %d: '%s' is none of the classes %s.".formatted(file, line.number(), name, classes));
        }
        int[] labels = new int[classes.size()];
        labels[found] = 1;
        // Two collections may both have a patient 1.
        String patient = line.words()[3] + "-" + line.words()[0];
        return new FilmRow(file, line.number(), split + "/" + line.words()[1], labels, patient, patient, -1, Sex.UNKNOWN, View.UNKNOWN,
            line.words()[3], split, -1, -1);
    }
}
