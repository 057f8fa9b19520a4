package io.hilum.trainer.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hilum.model.Architecture;
import io.hilum.model.card.Lineage;
import io.hilum.model.weights.WeightFile;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.net.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /**
     * The file's content.
     *
     * @param epoch of the weights that were kept
     * @param validationAuc their mean AUC over evaluable labels; null when none is evaluable
     * @param validationLoss theirs; null in files of older trainings
     * @param loss what was made smaller, BCE or CE; null in files of older trainings
     * @param finished whether the training has gone through its whole schedule
     * @param weightHash {@link WeightHash} of the fp32 weights after the last step; null until then
     * @param modelHash {@link WeightHash} of the kept weights as they are in the file; null until then
     */
    public record Training(String name, String version, Architecture architecture, int inputSize, List<String> labels,
            boolean synthetic, double epoch, Double validationAuc, Double validationLoss, Loss loss, boolean finished, String weightHash,
            String modelHash, Lineage lineage) {}

    /**
     * What weights are, in words: if a training left its own record in or beside them, that training's whole history; else
     * the file's name. A record beside them is only believed when it holds the hash of these very weights, so not before
     * that training has ended.
     *
     * @param weights null for none
     */
    public static String history(Path weights) throws IOException {
        if (weights == null) {
            return "scratch";
        }
        WeightFile file = WeightFile.read(weights);
        Path folder = weights.toAbsolutePath().getParent();
        // Any file may have been copied beside a training's record; the record is of one alone.
        Training before = Files.exists(folder.resolve(FILE)) ? read(folder) : null;
        if (before == null || !WeightHash.of(file.tensors()).equals(before.modelHash())) {
            return file.metadata().getOrDefault("history", weights.getFileName().toString());
        }
        return "%s; then %s epochs of %d films at %d pixels (%s)".formatted(before.lineage().startedFrom(),
            before.lineage().recipe().getOrDefault("epochs", "some"), before.lineage().trainingFilms(), before.inputSize(),
            before.lineage().trainingData());
    }

    void write(Path folder, TrainOptions options, FilmSelection films, double epoch, Validation validation) throws IOException {
        FilmCache cache = films.cache();
        var lineage = new Lineage(startedFrom, cache.description(), films.different(), options.described(), options.seed(),
            "Hilum trainer, DJL with libtorch %s on %s".formatted(Torch.version(), options.run().device().toString().toUpperCase(java.util.Locale.ROOT)),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        double auc = validation.meanAuc();
        write(folder, new Training(name, version, options.architecture(), options.size(), cache.labelNames(), cache.synthetic(), epoch,
            Double.isNaN(auc) ? null : auc, validation.loss(), options.objective().loss(), false, null, null, lineage));
    }

    /** Adds what is known when a training has ended. */
    static void finish(Path folder, boolean finished, String weightHash, String modelHash) throws IOException {
        Training t = read(folder);
        write(folder, new Training(t.name(), t.version(), t.architecture(), t.inputSize(), t.labels(), t.synthetic(), t.epoch(),
            t.validationAuc(), t.validationLoss(), t.loss(), finished, weightHash, modelHash, t.lineage()));
    }

    private static void write(Path folder, Training training) throws IOException {
        Path part = folder.resolve(FILE + ".part");
        JSON.writeValue(part.toFile(), training);
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What training wrote into the folder. */
    public static Training read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(FILE).toFile(), Training.class);
    }
}
