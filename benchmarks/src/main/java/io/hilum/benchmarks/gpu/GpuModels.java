package io.hilum.benchmarks.gpu;

import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the models that the GPU check measures, with reference numbers computed on this machine's processor. */
@Command(name = "gpu-models", description = "Models and reference numbers for 'bench gpu', computed on this machine's processor.")
public final class GpuModels implements Callable<Integer> {
    private static final int LABELS = 14;
    private static final int MAPS = 3;
    private static final int BATCH = 8;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "One folder a model is made in it; what is there already is kept.")
    private Path out;

    @Option(names = "--architectures", split = ",", defaultValue = "eva-x-ti,eva-x-s,eva-x-b",
            description = "Of random weights, unless a bundle has the architecture (default: ${DEFAULT-VALUE}).")
    private List<String> architectures;

    @Option(names = "--bundle", paramLabel = "DIR", description = "A bundle with weights; may be given again.")
    private List<Path> bundles = List.of();

    @Option(names = "--images", defaultValue = "64", description = "Films to compare, at least 16 (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--size", defaultValue = "224", description = "Side of the input of random weights, in pixels (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--seed", defaultValue = "5", description = "Of random weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    public static void main(String[] args) {
        System.exit(new CommandLine(new GpuModels()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (images < SelfTest.INPUTS) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--images is %d; at least %d are needed.".formatted(images, SelfTest.INPUTS));
        }
        List<Architecture> bundled = new ArrayList<>();
        for (Path folder : bundles) {
            Bundle bundle = Bundle.open(folder, Optional.empty());
            bundle.verify();
            bundled.add(bundle.manifest().card().architecture());
            make(bundle.manifest().card(), folder.resolve(Bundle.WEIGHTS));
        }
        for (String id : architectures) {
            Architecture architecture = Architecture.of(id);
            if (!bundled.contains(architecture)) {
                make(drawn(architecture), null);
            }
        }
        return 0;
    }

    /** @param weights to copy; null: to be drawn */
    private void make(ModelCard card, Path weights) throws IOException {
        Path folder = Files.createDirectories(out.resolve(card.architecture().id()));
        Path reference = folder.resolve(GpuModel.REFERENCE);
        if (Files.exists(reference) && Files.exists(folder.resolve(ModelCard.FILE))
                && Files.readString(folder.resolve(ModelCard.FILE)).equals(new String(card.toJson(), java.nio.charset.StandardCharsets.UTF_8))) {
            say("%s: kept".formatted(card.architecture().id()));
            return;
        }
        Files.deleteIfExists(folder.resolve(GpuModel.WEIGHTS));
        Files.deleteIfExists(folder.resolve(GpuModel.SEED));
        card.write(folder.resolve(ModelCard.FILE));
        if (weights == null) {
            Files.writeString(folder.resolve(GpuModel.SEED), Long.toString(seed));
        } else {
            Files.copy(weights, folder.resolve(GpuModel.WEIGHTS));
        }
        GpuModel model = new GpuModel(folder, card, null);
        Path part = folder.resolve(GpuModel.REFERENCE + ".part");
        long started = System.nanoTime();
        try (InferenceEngine engine = CpuEngine.open(card, model.tensors())) {
            reference(engine, inputs(card.inputSize(), images)).write(part);
        }
        Files.move(part, reference, StandardCopyOption.REPLACE_EXISTING);
        say("%s: reference numbers of %d films in %d s".formatted(card.architecture().id(), images, (System.nanoTime() - started) / 1_000_000_000));
    }

    private ModelCard drawn(Architecture architecture) {
        List<LabelCard> labels = IntStream.range(0, LABELS).mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE, null)).toList();
        return new ModelCard(ModelCard.SCHEMA, "gpu-check", "drawn-" + seed + "-" + images, architecture, size, Geometry.STRETCH, architecture.mean(),
            architecture.std(), labels, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
    }

    /** Films with lungs and ribs: noise would make all tokens alike. */
    static byte[][] inputs(int size, int count) {
        return new PhantomCohort(Preset.STANDARD, 7).films(Split.TEST).limit(count)
            .map(film -> PhantomRenderer.grey8(film, size, size)).toArray(byte[][]::new);
    }

    static SelfTest reference(InferenceEngine engine, byte[][] inputs) {
        ModelCard card = engine.card();
        int maps = Math.min(MAPS, card.labels().size());
        float[][] logits = new float[inputs.length][];
        int[][] classes = new int[inputs.length][];
        float[][][] raw = new float[inputs.length][][];
        for (int from = 0; from < inputs.length; from += BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, inputs.length); i++) {
                batch.add(InferenceRequest.withMaps(inputs[i], maps, false));
            }
            List<InferenceResult> results = engine.infer(batch);
            for (int i = 0; i < results.size(); i++) {
                List<HeatMap> heatMaps = results.get(i).heatMaps();
                logits[from + i] = results.get(i).logits();
                classes[from + i] = heatMaps.stream().mapToInt(HeatMap::label).toArray();
                raw[from + i] = heatMaps.stream().map(HeatMap::raw).toArray(float[][]::new);
            }
        }
        return new SelfTest(card.inputSize(), card.labels().size(), maps, inputs, logits, classes, raw);
    }

    private void say(String what) {
        spec.commandLine().getOut().println(what);
        spec.commandLine().getOut().flush();
    }
}
