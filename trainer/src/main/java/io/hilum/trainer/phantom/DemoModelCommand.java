package io.hilum.trainer.phantom;

import io.hilum.model.bundle.SelfTest;
import io.hilum.trainer.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code demo-model}: everything that the demo model is made by, from nothing, with fixed seeds. Each step leaves a file, and a
 * step whose file is there is passed over; a training that was killed goes on.
 */
@Command(name = "demo-model", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Draw phantoms, train the demo model on them from scratch and write its card (about an hour on two cores).")
public final class DemoModelCommand implements Callable<Integer> {
    private static final String LABELS = String.join(",", PhantomCache.labels());

    @Option(names = "--work", defaultValue = "data/demo-model", description = "folder for films and every stage")
    private Path work;
    @Option(names = "--real", description = "folder with labels.csv, boxes.csv and images/ of real films, to measure on as well")
    private Path real;
    @Option(names = "--precision", defaultValue = "BF16", description = "FP32 or BF16; BF16 is slow where the processor lacks it")
    private String precision;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(work);
        for (List<String> step : steps()) {
            System.out.println("== trainer " + String.join(" ", step));
            int status = Main.commandLine().execute(step.toArray(new String[0]));
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    private List<List<String>> steps() {
        List<List<String>> steps = new ArrayList<>();
        // A network that knows nothing learns plain lesions on small films first: a quarter of the time a film.
        draw(steps, "valid-112-plain", 600, "--size", "112", "--seed", "1", "--split", "VALIDATION", "--plain", "0.6");
        draw(steps, "valid-224", 500, "--size", "224", "--seed", "1", "--split", "VALIDATION");
        draw(steps, "held-out", 2000, "--size", "224", "--seed", "1", "--split", "TEST");
        draw(steps, "shifted", 2000, "--size", "224", "--seed", "1", "--split", "TEST", "--preset", "SHIFTED");
        draw(steps, "films-1", 6000, "--size", "112", "--seed", "1", "--plain", "0.6");
        draw(steps, "films-2", 4000, "--size", "224", "--seed", "2", "--plain", "0.4");
        draw(steps, "films-3", 5000, "--size", "224", "--seed", "3");
        draw(steps, "films-4", 6000, "--size", "224", "--seed", "4");
        draw(steps, "films-5", 4500, "--size", "224", "--seed", "5");
        train(steps, "stage-1", null, "films-1", "valid-112-plain", "--size", "112", "--batch", "20", "--epochs", "3",
            "--warm-up", "0.3", "--lr", "1e-3", "--constant-lr", "--box-weight", "5");
        train(steps, "stage-2", "stage-1", "films-2", "valid-224", "--size", "224", "--batch", "16", "--epochs", "1",
            "--warm-up", "0.1", "--lr", "7e-4", "--constant-lr", "--box-weight", "5");
        train(steps, "stage-3", "stage-2", "films-3", "valid-224", "--size", "224", "--batch", "16", "--epochs", "1",
            "--warm-up", "0.05", "--lr", "7e-4", "--box-weight", "5");
        // Scores are good by now; from here on the heat maps learn to show where they come from.
        train(steps, "stage-4", "stage-3", "films-4", "valid-224", "--size", "224", "--batch", "16", "--epochs", "0.75",
            "--warm-up", "0.05", "--lr", "5e-4", "--box-weight", "3", "--map-weight", "1");
        train(steps, "model", "stage-4", "films-5", "valid-224", "--size", "224", "--batch", "16", "--epochs", "1",
            "--warm-up", "0.03", "--lr", "6e-4", "--box-weight", "3", "--map-weight", "1");
        evaluate(steps);
        return steps;
    }

    private void draw(List<List<String>> steps, String name, int films, String... options) {
        if (Files.exists(cache(name))) {
            return;
        }
        List<String> step = new ArrayList<>(List.of("phantoms", "--out", cache(name).toString(), "--count", Integer.toString(films)));
        step.addAll(List.of(options));
        steps.add(step);
    }

    private void train(List<List<String>> steps, String name, String from, String films, String valid, String... options) {
        List<String> step = new ArrayList<>(List.of("train", "--data", cache(films).toString(), "--valid", cache(valid).toString(),
            "--out", work.resolve(name).toString()));
        if (from != null) {
            step.addAll(List.of("--from", work.resolve(from).resolve("weights.safetensors").toString(), "--layer-decay", "1"));
        }
        step.addAll(List.of(options));
        step.addAll(List.of("--beta2", "0.98", "--clip", "3", "--drop-path", "0", "--min-area", "1", "--contrast", "0",
            "--precision", precision));
        steps.add(step);
    }

    private void evaluate(List<List<String>> steps) {
        // Of a probe no larger than a bundle's self-test: the demo model lies in the repository.
        List<String> step = new ArrayList<>(List.of("evaluate", work.resolve("model").toString(), "--valid", cache("valid-224").toString(),
            "--data", "held-out=" + cache("held-out"), "--data", "shifted=" + cache("shifted"), "--sensitivity", "0.80",
            "--probe-films", Integer.toString(SelfTest.INPUTS)));
        if (real != null) {
            if (!Files.exists(cache("real"))) {
                steps.add(List.of("films", "--csv", real.resolve("labels.csv").toString(), "--boxes", real.resolve("boxes.csv").toString(),
                    "--images", real.resolve("images").toString(), "--label", LABELS, "--absent-label-unknown", "--out", cache("real").toString(),
                    "--description", "real chest films. The model never saw a real film, so chance (AUC 0.5) is to be expected here"));
            }
            step.addAll(List.of("--data", "real=" + cache("real")));
        }
        steps.add(step);
    }

    private Path cache(String name) {
        return work.resolve(name + ".cache");
    }
}
