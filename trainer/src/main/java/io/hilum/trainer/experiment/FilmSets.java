package io.hilum.trainer.experiment;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.canvas.FilmReader;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Overlap;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The experiment's films as caches of half the stored side, through canvases like every film in service, and the proof that
 * no test film is taught. The patient or group is the cluster; a film has one name in whatever set it occurs.
 */
record FilmSets(Workplace place) {
    /** Half of the stored 336 pixels: the outer 24 are exactly 12 here, and crops still have more pixels than the input. */
    static final int SIDE = 168;
    /** Frame that a blanked film keeps, of {@link #SIDE}: 48 of the stored 336 pixels. */
    static final int FRAME = 24;
    static final String PRETRAINING = "pretraining";
    private static final String NO_LABEL = "none";
    /** The normalisation's mean, so that the blank is 0 to the network. */
    private static final byte BLANK = 125;

    /**
     * A film to come.
     *
     * @param name the same in whatever set it occurs
     * @param cluster patient or group
     */
    record Row(Path image, String name, String cluster, int label, Map<String, String> columns) {}

    /** Makes what is missing, then checks that training and test, and pre-training and every test, share no film or patient. */
    void make() throws IOException {
        for (Task task : Task.values()) {
            int frame = task == Task.BLANKED ? FRAME : 0;
            write(task.train(), task.label(), frame);
            write(task.test(), task.label(), frame);
        }
        write(PRETRAINING, NO_LABEL, 0);
        for (Task task : List.of(Task.COVIDX, Task.CXR14)) {
            FilmCache tested = FilmCache.open(place.films(task.test()));
            Overlap.refuse(FilmCache.open(place.films(task.train())), tested);
            Overlap.refuse(FilmCache.open(place.films(PRETRAINING)), tested);
        }
    }

    /** Training and validation part of a task; the same cut for every run. */
    FilmSelection.Parts parts(Task task) throws IOException {
        return FilmSelection.all(FilmCache.open(place.films(task.train()))).hold(Plan.HELD_OUT, Plan.HELD_OUT_SEED);
    }

    FilmSelection test(Task task) throws IOException {
        return FilmSelection.all(FilmCache.open(place.films(task.test())));
    }

    /** The films of a cache in their order. */
    List<Row> rows(String cache) throws IOException {
        return switch (cache) {
            case "covidx-train", "blanked-train" -> covidx(row -> row.get("split").equals("train"));
            case "covidx-test", "blanked-test" -> covidx(row -> row.get("split").equals("test"));
            case "cxr14-train" -> cxr14(row -> row.get("official_list").equals("train"));
            case "cxr14-test" -> cxr14(row -> row.get("official_list").equals("val"));
            case PRETRAINING -> {
                // The NIH films of covidx-mini's training split hold the official validation list, which tests; so only cxr14-mini's own.
                List<Row> all = new ArrayList<>(rows("cxr14-train"));
                all.addAll(covidx(row -> row.get("split").equals("train") && row.get("class").equals("covid")));
                yield all;
            }
            default -> throw new IllegalArgumentException("There is no set '" + cache + "'.");
        };
    }

    private List<Row> covidx(Predicate<Map<String, String>> which) throws IOException {
        List<Row> out = new ArrayList<>();
        Path folder = place.data().resolve("covidx-mini");
        for (Map<String, String> row : table(folder.resolve("labels.csv"))) {
            if (which.test(row)) {
                Path image = folder.resolve(row.get("image")).normalize();
                out.add(new Row(image, name(image), row.get("group"), Integer.parseInt(row.get("label")), row));
            }
        }
        return out;
    }

    private List<Row> cxr14(Predicate<Map<String, String>> which) throws IOException {
        List<Row> out = new ArrayList<>();
        Path folder = place.data().resolve("cxr14-mini");
        for (Map<String, String> row : table(folder.resolve("labels.csv"))) {
            if (which.test(row)) {
                Path image = folder.resolve("images").resolve(row.get("image"));
                out.add(new Row(image, name(image), "nih-" + row.get("patient_id"), Integer.parseInt(row.get("Pneumonia")), row));
            }
        }
        return out;
    }

    private String name(Path image) {
        return place.data().normalize().relativize(image.normalize()).toString();
    }

    private static List<Map<String, String>> table(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> out = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            if (fields.length != header.length) {
                throw new IOException("%s, line %d: %d fields, but the header has %d.".formatted(csv, i + 1, fields.length, header.length));
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < header.length; c++) {
                row.put(header[c], fields[c]);
            }
            out.add(row);
        }
        return out;
    }

    private void write(String cache, String label, int frame) throws IOException {
        Path file = place.films(cache);
        if (Files.exists(file)) {
            return;
        }
        List<Row> rows = rows(cache);
        Files.createDirectories(file.getParent());
        FilmReader reader = new FilmReader(new CanvasRenderer());
        CanvasToInput toInput = new CanvasToInput(Geometry.STRETCH, SIDE);
        List<FilmInfo> infos = new ArrayList<>();
        List<byte[]> films = new ArrayList<>();
        for (Row row : rows) {
            Canvas canvas = reader.read(row.image()).canvas();
            byte[] film = toInput.apply(canvas.pixels(), canvas.width(), canvas.height());
            films.add(frame > 0 ? blanked(film, frame) : film);
            infos.add(info(row, Sha256.digest().digest(canvas.pixels())));
        }
        try (var writer = new FilmCache.Writer(file, infos, SIDE, List.of(label), rows.size() + " films: " + cache, false, Geometry.STRETCH)) {
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                writer.add(films.get(i), new int[] {label.equals(NO_LABEL) ? FilmCache.UNKNOWN : row.label()}, cluster(row.cluster()), new float[1][]);
            }
            writer.finish();
        }
        System.out.printf("%d films: %s%n", rows.size(), file.getFileName());
    }

    private static FilmInfo info(Row row, byte[] sha256) {
        Map<String, String> c = row.columns();
        // The stored NIH films were 1024 x 1024, all of them.
        return new FilmInfo(row.name(), -1, Sex.UNKNOWN, View.of(c.get("view")), c.getOrDefault("source", "nih"), sha256,
            Integer.parseInt(c.getOrDefault("original_width", "1024")), Integer.parseInt(c.getOrDefault("original_height", "1024")));
    }

    /** Not the number that {@code train films} gives a patient: the published cut depends on this one, so do not compare patients with caches from there. */
    private static long cluster(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** A film [SIDE * SIDE] of which only a frame is left. */
    static byte[] blanked(byte[] film, int frame) {
        byte[] out = film.clone();
        for (int r = frame; r < SIDE - frame; r++) {
            Arrays.fill(out, r * SIDE + frame, r * SIDE + SIDE - frame, BLANK);
        }
        return out;
    }
}
