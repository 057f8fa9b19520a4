package io.hilum.trainer.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A run in a process of its own: libtorch has died once with a segmentation fault, and one thread each in two processes is
 * faster than two threads in one. A child that died by a signal is started again and goes on from its last save.
 */
record Child(Workplace place, List<String> planArguments) {
    private static final int ATTEMPTS = 4;
    /** Exit codes above this are 128 + signal. */
    private static final int SIGNALS = 128;

    /** @return whether it ended well; its output is in the run's folder */
    boolean execute(Run run) {
        Path log = place.folder(run).resolve("log");
        try {
            Files.createDirectories(log.getParent());
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                say(run, attempt == 1 ? "begins" : "begins again");
                List<String> arguments = new ArrayList<>(planArguments);
                arguments.addAll(List.of("--run", run.id()));
                Process process = start("run", arguments, ProcessBuilder.Redirect.appendTo(log.toFile()));
                int code = process.waitFor();
                if (code == 0) {
                    say(run, "has ended");
                    return true;
                }
                say(run, "stopped with code " + code + "; see " + log);
                if (code <= SIGNALS) {
                    return false;
                }
            }
        } catch (IOException e) {
            say(run, "could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Starts {@code experiment COMMAND ...} on this process's own class path, with one thread. It ends with this process
     * when this one ends by itself, by Ctrl-C or by TERM; after a KILL it goes on to its own end, and its lock keeps others out.
     */
    static Process start(String command, List<String> arguments, ProcessBuilder.Redirect out) throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
            "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-Dhilum.root=" + System.getProperty("hilum.root", ""),
            "-cp", System.getProperty("java.class.path"), "io.hilum.trainer.Main", "experiment", command));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private static synchronized void say(Run run, String what) {
        System.out.printf("%s  %s %s%n", LocalTime.now().truncatedTo(ChronoUnit.SECONDS), run.id(), what);
    }
}
