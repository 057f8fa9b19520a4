package io.hilum.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A process that starts a PostgreSQL, says so, and waits to be killed. */
final class PostgresStarter {

    private PostgresStarter() {}

    static Process start(Path directory) throws IOException {
        // Where PostgreSQL was never unpacked, this process unpacks it: that takes more than 64 MiB.
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path"),
                        PostgresStarter.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(EmbeddedPostgres.start(Path.of(arguments[0])).jdbcUrl("hilum"));
        Thread.currentThread().join();
    }
}
