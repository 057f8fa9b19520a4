package io.hilum.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The running server process of a PostgreSQL data directory, as its {@code postmaster.pid} names it. */
record Postmaster(ProcessHandle process) {

    private static final long WAIT_SECONDS = 20;

    /** The server that uses the directory, whoever started it; empty when none does. */
    static Optional<Postmaster> of(Path data) {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            long pid = Long.parseLong(lines.findFirst().orElse("0").strip());
            // A number left by a crash may by now belong to another program: it must be a postgres.
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                    .map(Postmaster::new);
        } catch (IOException | NumberFormatException unreadable) {
            throw new IllegalStateException(file + " does not name a process. Is the directory a PostgreSQL's?", unreadable);
        }
    }

    /** Fast shutdown: ends its clients' sessions, then writes everything down. */
    void stop() {
        signal("INT");
        try {
            await(List.of(process));
        } catch (IllegalStateException stuck) {
            kill();
        }
    }

    /** SIGKILL; the workers notice by themselves and end. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
        process.destroyForcibly();
        await(all);
    }

    private void signal(String name) {
        try {
            // The shell's own kill: /bin/kill is not on every minimal machine, and Java only knows TERM and KILL.
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL " + process.pid() + " cannot be signalled.", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(List<ProcessHandle> processes) {
        for (ProcessHandle each : processes) {
            try {
                each.onExit().get(WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stuck) {
                throw new IllegalStateException("PostgreSQL process " + each.pid() + " did not end in "
                        + WAIT_SECONDS + " s.", stuck);
            } catch (ExecutionException impossible) {
                throw new AssertionError(impossible);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
