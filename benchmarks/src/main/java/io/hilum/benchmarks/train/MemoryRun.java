package io.hilum.benchmarks.train;

import io.hilum.model.Architecture;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.phantom.PhantomCache;
import io.hilum.trainer.train.FineTuning;
import io.hilum.trainer.train.Provenance;
import io.hilum.trainer.train.TrainOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real fine-tuning in a process of its own that prints, after each epoch of {@link #STEPS_AN_EPOCH} steps, what it holds
 * in memory: the published augmentation, validation and a saved state after each epoch, every thing that a long
 * training does. Only the films are small, so that it takes a minute and not an hour.
 */
final class MemoryRun {
    static final int STEPS_AN_EPOCH = 100;
    static final int BATCH = 4;
    static final int SIZE = 64;
    /** What a line of the answer looks like: steps, then kB now, then the most so far. */
    static final Pattern LINE = Pattern.compile("memory (\\d+) (\\d+) (\\d+)");
    private static final int CACHE_SIDE = 96;
    private static final Pattern EPOCH = Pattern.compile("epoch\\s+(\\d+)\\.00 ++(?!step).*");

    private MemoryRun() {}

    /** @param args folder, steps, threads */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int epochs = Integer.parseInt(args[1]) / STEPS_AN_EPOCH;
        FilmCache train = phantoms(folder.resolve("train.cache"), Split.TRAIN, BATCH * STEPS_AN_EPOCH);
        FilmCache valid = phantoms(folder.resolve("valid.cache"), Split.VALIDATION, 64);
        var options = new TrainOptions(Architecture.EVA_X_TI, SIZE, BATCH, epochs, 1, 1e-4, 0, false,
            AdamW.published(new ParameterGroups(0.55, 0.05)), Precision.FP32, 0.2, Augmentation.PUBLISHED, 0, 0, 7,
            Integer.parseInt(args[2]), 3600);
        var start = Initialisation.draw(Architecture.EVA_X_TI, Architecture.grid(SIZE), train.labelNames().size(), 7);
        new FineTuning(options, train, valid, folder.resolve("model"), watched(System.out))
            .run(start, new Provenance("memory", "1", "scratch"));
    }

    private static FilmCache phantoms(Path file, Split split, int films) throws IOException {
        if (!Files.exists(file)) {
            PhantomCache.write(file, Preset.values()[0], 7, split, 0, films, CACHE_SIDE, CACHE_SIDE);
        }
        return FilmCache.open(file);
    }

    /** Passes the training's words on; where it says that an epoch has ended, a line about memory follows. */
    private static PrintStream watched(PrintStream out) {
        return new PrintStream(new OutputStream() {
            private final StringBuilder line = new StringBuilder();

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                if (b != '\n') {
                    line.append((char) b);
                    return;
                }
                Matcher epoch = EPOCH.matcher(line);
                if (epoch.matches()) {
                    out.printf("memory %d %d %d%n", Integer.parseInt(epoch.group(1)) * STEPS_AN_EPOCH, status("VmRSS"), status("VmHWM"));
                    out.flush();
                }
                line.setLength(0);
            }
        }, true, StandardCharsets.UTF_8);
    }

    /** A figure of this process in kB. */
    private static long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no " + name + ": memory is measured on Linux only.");
    }
}
