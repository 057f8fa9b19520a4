package io.hilum.trainer.films;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.canvas.FilmReader;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.trainer.data.FilmCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code films}: real films, listed in a table with labels, into a cache of films. */
@Command(name = "films", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Read films (PNG, JPEG, DICOM) listed in labels.csv into a cache of films, as the service would see them.")
public final class FilmsCommand implements Callable<Integer> {
    @Option(names = "--csv", required = true, description = "table with columns image, patient_id, split and one 0/1 column for each label")
    private Path csv;
    @Option(names = "--images", required = true, description = "folder of the images")
    private Path images;
    @Option(names = "--boxes", description = "table with columns image, label, x, y, w, h (fractions of the film)")
    private Path boxes;
    @Option(names = "--label", required = true, split = ",", description = "labels in the order of the model's outputs; a column that is missing means nobody knows")
    private List<String> labels;
    @Option(names = "--split", description = "only films of this split; without: all")
    private String split;
    @Option(names = "--cluster", defaultValue = "patient_id", description = "column whose films belong together (one patient); an empty value makes a film stand alone")
    private String cluster;
    @Option(names = "--size", defaultValue = "224")
    private int size;
    @Option(names = "--geometry", defaultValue = "stretch", description = "stretch or crop")
    private String geometry;
    @Option(names = "--description", required = true, description = "what the films are, in a few words, for the card")
    private String description;
    @Option(names = "--out", required = true, description = "cache file to write")
    private Path out;

    @Override
    public Integer call() throws IOException {
        FilmTable table = FilmTable.read(csv);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Map<String, String> row : table.rows()) {
            if (split == null || split.equals(table.get(row, "split"))) {
                rows.add(row);
            }
        }
        Map<String, float[]> places = places();
        FilmReader reader = new FilmReader(new CanvasRenderer());
        CanvasToInput toInput = new CanvasToInput(Geometry.of(geometry), size);
        try (var writer = new FilmCache.Writer(out, rows.size(), size, labels, rows.size() + " films: " + description, false)) {
            for (Map<String, String> row : rows) {
                String image = table.get(row, "image");
                Canvas canvas = reader.read(images.resolve(image)).canvas();
                int[] label = new int[labels.size()];
                float[][] box = new float[labels.size()][];
                for (int l = 0; l < label.length; l++) {
                    String value = row.getOrDefault(labels.get(l), "");
                    label[l] = value.equals("0") ? 0 : value.equals("1") ? 1 : FilmCache.UNKNOWN;
                    box[l] = label[l] == 1 ? places.get(image + "/" + labels.get(l)) : null;
                }
                writer.add(toInput.apply(canvas.pixels(), canvas.width(), canvas.height()), label,
                    cluster(table.get(row, cluster), image), box);
            }
            writer.finish();
        }
        System.out.printf("%d films of %d pixels: %s%n", rows.size(), size, out);
        return 0;
    }

    /** A number for the patient; a film of an unknown patient is a cluster of its own. */
    private static long cluster(String patient, String image) {
        String key = patient.isEmpty() ? "image " + image : "patient " + patient;
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** The first box of each image and label. */
    private Map<String, float[]> places() throws IOException {
        Map<String, float[]> out = new HashMap<>();
        if (boxes != null) {
            FilmTable table = FilmTable.read(boxes);
            for (Map<String, String> row : table.rows()) {
                out.putIfAbsent(table.get(row, "image") + "/" + table.get(row, "label"), new float[] {
                    Float.parseFloat(table.get(row, "x")), Float.parseFloat(table.get(row, "y")),
                    Float.parseFloat(table.get(row, "w")), Float.parseFloat(table.get(row, "h"))});
            }
        }
        return out;
    }
}
