package io.hilum.trainer.experiment;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.pretrain.PretrainOptions;
import io.hilum.trainer.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The one pre-training: masked films' own pixels, training films only, EVA-02's settings. One thread. */
record PretrainingRun(Workplace place, Run run) {
    /** Small, for many steps: 86,000 passes are 2,687 of them. */
    private static final int BATCH = 32;

    void execute() throws IOException {
        long start = System.nanoTime();
        Path folder = place.folder(run);
        FilmSelection films = FilmSelection.all(FilmCache.open(place.films(FilmSets.PRETRAINING)));
        PretrainOptions options = options();
        Path weights = new Pretraining(options, films, folder, System.out).run();
        new RunResult(run.id(), options.described(), run.passes(), films.different(), 0, Double.NaN, List.of(),
            curve(folder.resolve("curve.csv")), new double[0], new double[0], Sha256.of(weights), (System.nanoTime() - start) / 1e9,
            Commit.ofThisCode(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()).write(folder);
    }

    /** EVA-02's, but with a patch embedding that learns at full speed: it begins from random weights, and the run is short. */
    private PretrainOptions options() {
        PretrainOptions o = PretrainOptions.published(Architecture.EVA_X_TI, place.plan().size(), BATCH, run.passes())
            .with(Precision.BF16, run.seed(), 1);
        return new PretrainOptions(o.architecture(), o.size(), o.batch(), o.accumulate(), o.passes(), o.warmUpEpochs(), o.learningRate(),
            o.firstRate(), o.lastRate(), o.adam(), o.precision(), o.augmentation(), o.maskRatio(), false, o.seed(), o.threads(), o.device(),
            o.saveSeconds());
    }

    /** Passes and mean loss, as the pre-training left them. */
    private static List<double[]> curve(Path csv) throws IOException {
        List<double[]> out = new ArrayList<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            out.add(new double[] {Double.parseDouble(fields[0]), Double.parseDouble(fields[2])});
        }
        return out;
    }
}
