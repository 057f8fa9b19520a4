package io.hilum.trainer.phantom;

import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phantoms}: draws a set of procedural films for training or evaluation. */
@Command(name = "phantoms", mixinStandardHelpOptions = true, showDefaultValues = true,
    description = "Draw procedural chest films with known lesions into a cache of films.")
public final class PhantomsCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, description = "cache file to write")
    private Path out;
    @Option(names = "--count", required = true, description = "films")
    private int count;
    @Option(names = "--seed", defaultValue = "1", description = "other seeds are other patients")
    private long seed;
    @Option(names = "--split", defaultValue = "TRAIN", description = "which patients: ${COMPLETION-CANDIDATES}")
    private Split split;
    @Option(names = "--preset", defaultValue = "STANDARD", description = "which place: ${COMPLETION-CANDIDATES}")
    private Preset preset;
    @Option(names = "--plain", defaultValue = "0", description = "0 draws lesions of all strengths, 0.6 only the plainer 40 percent: to begin with")
    private double plain;
    @Option(names = "--size", defaultValue = "224", description = "side of the model's input")
    private int size;
    @Option(names = "--canvas", defaultValue = "0", description = "side of the canvas drawn; 0 for that of the input")
    private int canvas;

    @Override
    public Integer call() throws IOException {
        PhantomCache.write(out, preset, seed, split, plain, count, size, canvas == 0 ? size : canvas);
        System.out.printf("%d films of %d pixels: %s%n", count, size, out);
        return 0;
    }
}
