package io.hilum.exporter;

import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Precision;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exports a trained model. */
@Command(name = "export", description = "Write a trained model as a bundle: network, proof, self-test, hashes.")
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WEIGHTS", description = "Folder that ./hilum evaluate completed (card.json, "
            + "weights.safetensors, probe.safetensors), or the weights in it.")
    private Path model;

    @Option(names = "--out", paramLabel = "BUNDLE_DIR", required = true, description = "Folder to write; must not hold a bundle.")
    private Path out;

    @Option(names = "--goldens", paramLabel = "DIR", description = "Numbers of the reference implementation to hold the exporter "
            + "against first (default: ../shared/golden beside the project, where it exists).")
    private Path goldens;

    @Option(names = "--gpu", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Write and prove the forms for TensorRT too (default: ${DEFAULT-VALUE}).")
    private boolean gpu;

    @Option(names = "--plans", split = ",", paramLabel = "PRECISION", description = "Build TensorRT plans on this machine's GPU: fp32, fp16, "
            + "bf16. They serve on this kind of GPU and version of TensorRT only.")
    private List<String> plans = List.of();

    @Option(names = "--attention", description = "Let the networks with heat maps also give the last block's attention.")
    private boolean attention;

    @ArgGroup(exclusive = false)
    private Int8Options int8;

    /** Both or none. */
    private static final class Int8Options {
        @Option(names = "--int8-training", paramLabel = "FILMS", required = true, description = "Make an int8 form for CPUs as well; its "
                + "scales are set by these films, some of those that the weights were taught (a set of ./hilum train films or phantoms).")
        private Path training;

        @Option(names = "--int8-held-out", paramLabel = "FILMS", required = true, description = "At least 1,000 films that the weights "
                + "never saw: they decide whether int8 may serve.")
        private Path heldOut;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter terminal = spec.commandLine().getOut();
        Optional<Path> golden = golden();
        if (golden.isEmpty()) {
            terminal.println("No numbers of the reference are at hand (--goldens DIR): the bundle will not say that they were met.");
        }
        ExportRequest request = request(golden);
        Bundle bundle = Exporter.export(request, what -> {
            terminal.println(what);
            terminal.flush();
        });
        terminal.print(ProofText.of(bundle));
        terminal.flush();
        return 0;
    }

    private ExportRequest request(Optional<Path> golden) {
        try {
            return new ExportRequest(model(), out, golden,
                    Optional.ofNullable(int8).map(films -> new ExportRequest.Int8Films(films.training, films.heldOut)), gpu,
                    plans.stream().map(Precision::of).toList(), attention);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** A folder, or the weights in it. */
    private Path model() {
        return Files.isRegularFile(model) ? model.toAbsolutePath().getParent() : model;
    }

    private Optional<Path> golden() throws ExportException {
        if (goldens != null) {
            if (!Files.isDirectory(goldens.resolve("forward_ti"))) {
                throw new ExportException("There are no numbers of the reference in " + goldens + ": it has no folder forward_ti.");
            }
            return Optional.of(goldens);
        }
        Path beside = Path.of(System.getProperty("hilum.root", "."), "..", "shared", "golden").normalize();
        return Files.isDirectory(beside.resolve("forward_ti")) ? Optional.of(beside) : Optional.empty();
    }
}
