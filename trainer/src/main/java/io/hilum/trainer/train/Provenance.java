package io.hilum.trainer.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hilum.model.Architecture;
import io.hilum.model.card.Lineage;
import io.hilum.trainer.data.FilmCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What will be said about the weights: written beside them by training, read by evaluation for the card.
 *
 * @param name the model line
 * @param version of this training
 * @param startedFrom {@code scratch}, or what the training began with
 */
public record Provenance(String name, String version, String startedFrom) {
    static final String FILE = "training.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The file's content. */
    public record Training(String name, String version, Architecture architecture, int inputSize, List<String> labels,
            boolean synthetic, double epoch, double validationAuc, Lineage lineage) {}

    /**
     * What weights are, in words: if a training left its own record beside them, that training's whole history.
     *
     * @param weights null for none
     */
    static String history(Path weights) throws IOException {
        if (weights == null) {
            return "scratch";
        }
        Path folder = weights.toAbsolutePath().getParent();
        if (!Files.exists(folder.resolve(FILE))) {
            return weights.getFileName().toString();
        }
        Training before = read(folder);
        return "%s; then %s epochs of %d films at %d pixels (%s)".formatted(before.lineage().startedFrom(),
            before.lineage().recipe().getOrDefault("epochs", "some"), before.lineage().trainingFilms(), before.inputSize(),
            before.lineage().trainingData());
    }

    void write(Path folder, TrainOptions options, FilmCache films, double epoch, double auc) throws IOException {
        var lineage = new Lineage(startedFrom, films.description(), films.films(), options.described(), options.seed(),
            "Hilum trainer, DJL with libtorch on CPU", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        JSON.writeValue(folder.resolve(FILE).toFile(), new Training(name, version, options.architecture(), options.size(),
            films.labelNames(), films.synthetic(), epoch, auc, lineage));
    }

    /** What training wrote into the folder. */
    public static Training read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(FILE).toFile(), Training.class);
    }
}
