package io.hilum.exporter;

import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Proof;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exports a trained model. */
@Command(name = "export", description = "Write a trained model as a bundle: network, proof, self-test, hashes.")
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_DIR", description = "Folder that ./hilum train wrote: card.json, weights.safetensors, "
            + "probe.safetensors.")
    private Path model;

    @Option(names = "--out", paramLabel = "BUNDLE_DIR", required = true, description = "Folder to write; must not hold a bundle.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Bundle bundle = Exporter.export(model, out);
        Proof proof = bundle.manifest().proof();
        spec.commandLine().getOut().printf(Locale.ROOT,
                "%s %s is a bundle at %s%nproof: %d inputs, logits differ by at most %.2g (allowed %.2g), "
                        + "heat maps by %.2g of their maximum (allowed %.2g), %s%nsha256 %s%n",
                bundle.manifest().line(), bundle.manifest().version(), bundle.folder(), proof.inputs(),
                proof.maxLogitDifference(), proof.logitTolerance(), proof.maxCamDifference(), proof.camTolerance(),
                proof.engine(), bundle.sha256());
        return 0;
    }
}
