package io.hilum.trainer.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a report says about where it was made. Whatever cannot be found out is left out. */
final class Machine {
    private Machine() {}

    /** Processor, number of them, Java. */
    static String described() {
        String processor = System.getProperty("os.arch");
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            processor = lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.replaceFirst("[^:]*:\\s*", "")).orElse(processor);
        } catch (IOException e) {
            // Not Linux: the architecture must do.
        }
        return "%s, %d processors, Java %s".formatted(processor, Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
    }

    /** The program, with the commit of the working tree that it runs from. */
    static String software() {
        Path git = Path.of(System.getProperty("hilum.root", ".."), ".git");
        try {
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (head.startsWith("ref: ")) {
                head = Files.readString(git.resolve(head.substring(5))).strip();
            }
            return "Hilum trainer, commit " + head.substring(0, Math.min(12, head.length()));
        } catch (IOException e) {
            return "Hilum trainer (commit not known)";
        }
    }
}
