package io.hilum.trainer.films;

import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code films}: real films of a data set into caches of films. Nothing appears unless every check is passed. */
@Command(name = "films", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Read the films (PNG, JPEG, DICOM) of a data set into caches of films, as the service would see them. Killed, the same call goes on.")
public final class FilmsCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions options;
    @Option(names = "--boxes", description = "table with columns image, label, x, y, w, h (fractions of the film), or NIH's BBox_List_2017.csv")
    private Path boxes;
    @Option(names = "--split", split = ",", description = "only films of these splits of the data set; without: all")
    private List<String> splits = new ArrayList<>();
    @Option(names = "--valid-share", description = "divide the split 'train' by patient (or --cluster): this share of its films becomes 'valid'")
    private Double validShare;
    @Option(names = "--folds", description = "divide the split 'train' by patient into so many folds; --fold names the one that becomes 'valid'")
    private Integer folds;
    @Option(names = "--fold", description = "with --folds: from 1, which holds without")
    private Integer fold;
    @Option(names = "--seed", description = "with --valid-share or --folds: another seed divides patients otherwise; 0 holds without")
    private Long seed;
    @Option(names = "--size", defaultValue = "224", description = "side of the films in the cache; a cache that is smaller than the model's input shows less than the film does")
    private int size;
    @Option(names = "--geometry", defaultValue = "stretch", description = "stretch (the whole film) or crop (the published recipes; cuts what sticks out of the middle square)")
    private String geometry;
    @Option(names = "--description", description = "what the films are, in a few words, for the card")
    private String description;
    @Option(names = "--threads", defaultValue = "2", description = "threads that read images")
    private int threads;
    @Option(names = "--skip-broken", defaultValue = "false", description = "leave out films whose image is missing or cannot be read, and list them beside the cache; else they stop the call")
    private boolean skipBroken;
    @Option(names = "--skip-shared", defaultValue = "false", description = "leave out of what is taught the films that another part holds too (same pixels), and list them; else they stop the call")
    private boolean skipShared;
    @Option(names = "--out", description = "cache file to write: all films in one cache")
    private Path out;
    @Option(names = "--out-dir", description = "folder to write a cache for each part into: train.cache, test.cache, ...")
    private Path outDir;

    @Override
    public Integer call() throws IOException {
        check();
        CanvasToInput toInput = new CanvasToInput(Geometry.of(geometry), size);
        DataSet set = options.source(description).read();
        List<String> notes = new ArrayList<>(set.notes());
        Parts parts = parts(set.rows(), notes);
        Boxes places = boxes == null ? Boxes.NONE : Boxes.read(boxes);
        LeftOut leftOut = new LeftOut();
        List<FilmDecoder.Task> tasks = tasks(parts, leftOut);
        createFolder();
        try (Workspace work = Workspace.open(beside(".work"), CanvasRenderer.VERSION + " " + toInput, size)) {
            List<Film> films = new FilmDecoder(toInput, threads, skipBroken, System.err).decode(tasks, work, leftOut);
            Map<String, List<Film>> checked = SharedPixels.check(divide(parts, films), skipShared, leftOut, notes);
            for (var part : checked.entrySet()) {
                if (part.getValue().isEmpty()) {
                    throw new IOException("No film is left for " + part.getKey() + ".");
                }
            }
            leftOut.write(beside(".left-out.csv"));
            for (var part : checked.entrySet()) {
                Path file = out != null ? out : outDir.resolve(part.getKey() + ".cache");
                Caches.write(file, part.getValue(), work, size, set.labels(), described(set, part.getKey()), places,
                    Geometry.of(geometry));
                System.out.printf("%s: %d films of %d pixels: %s%n%s", part.getKey(), part.getValue().size(), size, file,
                    Caches.counts(part.getValue(), set.labels()));
            }
            work.delete();
        }
        notes.forEach(System.out::println);
        if (leftOut.films() > 0) {
            System.out.printf("%d films were left out: %s%n", leftOut.films(), beside(".left-out.csv"));
        }
        return 0;
    }

    private void check() {
        if ((out == null) == (outDir == null)) {
            throw new IllegalArgumentException("Name either --out FILE for one cache or --out-dir FOLDER for a cache of each part.");
        }
        if (validShare != null && folds != null || out != null && (validShare != null || folds != null)) {
            throw new IllegalArgumentException("--valid-share and --folds exclude each other, and both need --out-dir.");
        }
        if (fold != null && folds == null) {
            throw new IllegalArgumentException("--fold says which of --folds becomes 'valid', so it wants --folds.");
        }
        if (seed != null && validShare == null && folds == null) {
            throw new IllegalArgumentException("--seed divides patients, so it wants --valid-share or --folds.");
        }
        if (boxes != null && Geometry.of(geometry) != Geometry.STRETCH) {
            throw new IllegalArgumentException("--boxes are fractions of whole films, so they want --geometry stretch.");
        }
        if (threads < 1 || size < 1) {
            throw new IllegalArgumentException("--threads and --size are at least 1.");
        }
    }

    private Parts parts(List<FilmRow> rows, List<String> notes) throws IOException {
        if (out != null && splits.isEmpty()) {
            return Parts.whole(rows);
        }
        Parts.withoutSplit(rows).ifPresent(notes::add);
        Parts parts = Parts.official(rows);
        if (!splits.isEmpty()) {
            parts = parts.only(splits);
        }
        if (out != null) {
            return Parts.whole(parts.all());
        }
        long drawn = seed == null ? 0 : seed;
        return validShare != null ? parts.hold(validShare, drawn) : folds != null ? parts.fold(fold == null ? 1 : fold, folds, drawn) : parts;
    }

    private List<FilmDecoder.Task> tasks(Parts parts, LeftOut leftOut) throws IOException {
        ImageFolders folders = new ImageFolders(options.folders());
        List<FilmDecoder.Task> tasks = new ArrayList<>();
        for (FilmRow row : parts.all()) {
            try {
                tasks.add(new FilmDecoder.Task(row, folders.find(row)));
            } catch (IOException e) {
                if (!skipBroken) {
                    throw e;
                }
                leftOut.add(row, e.getMessage());
            }
        }
        return tasks;
    }

    private static Map<String, List<Film>> divide(Parts parts, List<Film> films) {
        Map<FilmRow, Film> read = new IdentityHashMap<>();
        films.forEach(film -> read.put(film.row(), film));
        Map<String, List<Film>> out = new LinkedHashMap<>();
        parts.films().forEach((part, rows) -> out.put(part, rows.stream().map(read::get).filter(java.util.Objects::nonNull).toList()));
        return out;
    }

    private void createFolder() throws IOException {
        Path folder = outDir != null ? outDir : out.toAbsolutePath().getParent();
        Files.createDirectories(folder);
    }

    private Path beside(String ending) {
        return outDir != null ? outDir.resolve("films" + ending) : out.resolveSibling(out.getFileName() + ending);
    }

    private String described(DataSet set, String part) {
        String what = description != null ? description : set.description();
        return out != null && splits.isEmpty() ? what : what + ", " + (out != null ? String.join(" and ", splits) : part);
    }
}
