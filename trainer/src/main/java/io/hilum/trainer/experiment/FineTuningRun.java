package io.hilum.trainer.experiment;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.weights.ReferenceWeights;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.eval.Predictions;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.train.FineTuning;
import io.hilum.trainer.train.Provenance;
import io.hilum.trainer.train.TrainOptions;
import io.hilum.trainer.weights.StartWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One fine-tuning: trains, takes the checkpoint that validation chose, scores validation and test films with it. One thread. */
record FineTuningRun(Workplace place, Run run) {
    private static final Architecture ARCHITECTURE = Architecture.EVA_X_TI;
    private static final int SAVE_SECONDS = 60;

    void execute() throws IOException {
        long start = System.nanoTime();
        Plan plan = place.plan();
        var sets = new FilmSets(place);
        FilmSelection.Parts parts = sets.parts(run.task());
        FilmSelection train = run.share() < 1 ? parts.train().fraction(run.share(), run.seed()) : parts.train();
        Candidate candidate = run.candidate() == null ? place.choice(run.arm()) : Candidate.of(run.candidate());
        TrainOptions options = options(plan, train, candidate);
        Path folder = place.folder(run);
        System.out.printf("%s: %s; %d different films of %d, %d for validation.%n", run.id(), candidate.words(), train.different(),
            parts.train().films(), parts.held().films());
        double best = new FineTuning(options, train, parts.held(), folder, System.out)
            .run(start(options.size()), new Provenance("experiment", run.id(), run.arm().words()));
        Path weights = folder.resolve(FineTuning.WEIGHTS);
        double[] held;
        double[] tested;
        try (NDManager root = Torch.start(1);
                Network network = new Network(root, ARCHITECTURE, Safetensors.read(weights).tensors(), plan.size(), Architecture.MEAN, Architecture.STD)) {
            held = Predictions.of(network, parts.held()).scores(0);
            tested = Predictions.of(network, sets.test(run.task())).scores(0);
        }
        Map<String, String> settings = new LinkedHashMap<>(options.described());
        settings.put("candidate", candidate.id());
        settings.put("arm", run.arm().id());
        new RunResult(run.id(), settings, run.passes(), train.different(), Provenance.read(folder).epoch(), best, curve(folder, "validation_auc"),
            curve(folder, "loss"), held, tested, Sha256.of(weights), (System.nanoTime() - start) / 1e9, Commit.ofThisCode(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()).write(folder);
    }

    /** Epoch and a value, wherever the training wrote one. */
    private static List<double[]> curve(Path folder, String column) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("curves.csv"));
        List<String> header = List.of(lines.get(0).split(","));
        List<double[]> out = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            String value = fields[header.indexOf(column)];
            if (!value.isEmpty()) {
                out.add(new double[] {Double.parseDouble(fields[header.indexOf("epoch")]), Double.parseDouble(value)});
            }
        }
        return out;
    }

    private TrainOptions options(Plan plan, FilmSelection train, Candidate candidate) {
        int perEpoch = train.films() / plan.batch();
        double epochs = (double) (run.passes() / plan.batch()) / perEpoch;
        var adam = new AdamW(0.9, 0.999, 1e-8, 3, 0, new ParameterGroups(candidate.layerDecay(), 0.05));
        return new TrainOptions(ARCHITECTURE, plan.size(), plan.batch(), epochs, 0.1 * epochs, candidate.learningRate(), 1e-6, false, adam,
            Precision.BF16, 0, new Augmentation(0.8, true, 0.1), 0, 0, run.seed(), 1, SAVE_SECONDS);
    }

    private Map<String, Tensor> start(int size) throws IOException {
        Path encoder = run.arm() == Arm.PRETRAINED ? place.encoder() : null;
        return StartWeights.of(encoder, ARCHITECTURE, size, 1, ReferenceWeights.FinalNorm.FRESH, run.seed(), System.out);
    }
}
