package io.hilum.quickstart.samples;

import io.hilum.phantoms.Phantoms;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.WrittenStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The films that the demo sends: new ones at each start, so that a second start has something to score. */
public final class SampleStudies {

    private SampleStudies() {}

    /**
     * Writes studies into a new sub-folder; its number is the seed, so films differ from start to start and
     * are the same on every machine.
     *
     * @param samples where earlier starts put theirs
     * @param say takes a sentence for people
     */
    public static List<Path> write(Path samples, int count, Consumer<String> say) throws IOException {
        long start;
        try (Stream<Path> earlier = Files.list(samples)) {
            start = 1 + earlier.count();
        }
        return write(samples.resolve("start-%04d".formatted(start)), count, start, say);
    }

    /** Equal seeds write equal films; {@code truth.csv} beside them says what is on each. */
    public static List<Path> write(Path folder, int count, long seed, Consumer<String> say) throws IOException {
        long began = System.nanoTime();
        List<WrittenStudy> written =
                Phantoms.writeStudies(folder, count, seed, Preset.STANDARD, Phantoms.DEFAULT_SIZE);
        say.accept("%d procedural films written in %.1f s: %s"
                .formatted(count, (System.nanoTime() - began) / 1e9, folder));
        return written.stream().map(WrittenStudy::file).toList();
    }
}
