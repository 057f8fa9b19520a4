package io.hilum.quickstart.command;

import io.hilum.quickstart.samples.SampleStudies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Procedural films as files. */
@Command(
        name = "phantoms",
        mixinStandardHelpOptions = true,
        description = "Writes procedural chest films with known lesions as DICOM, and truth.csv beside them.")
public final class PhantomsCommand implements Callable<Integer> {

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write to")
    private Path out;

    @Option(names = "--count", defaultValue = "24", description = "how many films (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--seed", defaultValue = "1", description = "equal seeds give equal films (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        SampleStudies.write(out, count, seed, System.out::println);
        return 0;
    }
}
