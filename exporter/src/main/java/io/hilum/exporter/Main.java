package io.hilum.exporter;

import io.hilum.exporter.release.ReleaseCommand;
import io.hilum.exporter.release.ReleaseStoppedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** {@code ./hilum export} and {@code ./hilum release}. */
@Command(
        name = "hilum",
        description = "Weights to a proven bundle, and a bundle into service.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {ExportCommand.class, ReleaseCommand.class})
public final class Main {

    private static final int STOPPED = 3;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** @return 0 done, 1 refused with a sentence, 2 wrong usage, 3 a release that the instances did not take */
    static int run(String... args) {
        CommandLine command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            // A refusal is a sentence for a person; everything else is a fault of the program and shows its trace.
            if (failure instanceof ExportException || failure instanceof IOException) {
                line.getErr().println("hilum: " + sentence(failure));
                return failure instanceof ReleaseStoppedException ? STOPPED : 1;
            }
            throw failure;
        });
        return command.execute(args);
    }

    /** Some failures of the file system say the path only. */
    private static String sentence(Exception failure) {
        if (failure instanceof NoSuchFileException none) {
            return none.getFile() + " does not exist and cannot be made.";
        }
        return failure instanceof AccessDeniedException denied ? denied.getFile() + " may not be read or written." : failure.getMessage();
    }
}
