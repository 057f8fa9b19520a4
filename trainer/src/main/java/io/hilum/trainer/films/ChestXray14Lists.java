package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ChestX-ray14 in the lists that the published recipes read: a line for each film, {@code IMAGE 0 1 0 ...} with fourteen
 * labels. Ages, sexes and views come from NIH's table where that lies in the folder too.
 *
 * @param folder where NIH's table may lie
 * @param lists the list of each split
 */
record ChestXray14Lists(Path folder, Map<String, Path> lists, List<String> asked) implements DataSet.Source {

    @Override
    public DataSet read() throws IOException {
        List<String> labels = Labels.choose(asked, ChestXray14.LABELS, "ChestX-ray14");
        Map<String, FilmRow> known = new HashMap<>();
        List<String> notes = new ArrayList<>();
        if (Files.exists(folder.resolve("Data_Entry_2017.csv")) || Files.exists(folder.resolve("Data_Entry_2017_v2020.csv"))) {
            DataSet table = new ChestXray14(folder, labels).read();
            table.rows().forEach(row -> known.put(row.image(), row));
            notes.addAll(table.notes());
        } else {
            notes.add("Without NIH's table in " + folder + " nobody knows ages, sexes and views.");
        }
        List<FilmRow> rows = new ArrayList<>();
        for (var list : lists.entrySet()) {
            for (WordList.Line line : WordList.read(list.getValue(), ChestXray14.LABELS.size() + 1, "an image and fourteen labels")) {
                rows.add(row(line, list.getValue(), list.getKey(), labels, known));
            }
        }
        return new DataSet("NIH ChestX-ray14, published lists (labels mined from reports; a finding not mentioned counts as absent)",
            labels, rows, notes);
    }

    private static FilmRow row(WordList.Line line, Path file, String split, List<String> labels, Map<String, FilmRow> known) throws IOException {
        String where = file + ", line " + line.number();
        String image = line.words()[0];
        String patient = ChestXray14.patient(image, null, where);
        int[] values = new int[labels.size()];
        for (int l = 0; l < values.length; l++) {
            int column = ChestXray14.LABELS.indexOf(labels.get(l));
            values[l] = Labels.plain(Labels.said(line.words()[column + 1], where, labels.get(l)));
        }
        FilmRow entry = known.get(image.substring(image.lastIndexOf('/') + 1));
        return entry == null
            ? new FilmRow(file, line.number(), image, values, patient, patient, FilmInfo.NONE.age(), Sex.UNKNOWN, View.UNKNOWN,
                ChestXray14.SOURCE, split, -1, -1)
            : new FilmRow(file, line.number(), image, values, patient, patient, entry.age(), entry.sex(), entry.view(),
                ChestXray14.SOURCE, split, entry.width(), entry.height());
    }
}
