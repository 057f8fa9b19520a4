package io.hilum.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL on 127.0.0.1, a process of its own, started from the binaries on the class path.
 *
 * <p>The data directory outlives it; {@link #kill} and {@link #restart} play a crash of the database. A
 * server that a killed starter left behind on the same directory is stopped first. It also runs as root
 * (in a user namespace of its own). Whoever may connect to 127.0.0.1 may read it, without a password: it
 * is for a quick start on one's own machine and for tests.
 *
 * <p>Threading: one thread starts, kills and closes; the getters are free.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The only user. */
    public static final String USER = "postgres";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Path data;
    private final int port;
    private io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Starts on a free port. See {@link #start(Path, int)}. */
    public static EmbeddedPostgres start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Initialises the directory if it is new, starts the server and returns once it answers.
     *
     * @param directory where the data is kept; made if missing
     * @param port the port on 127.0.0.1, 0 for a free one; kept over {@link #restart}
     * @throws IllegalStateException with the cause, if the server does not come up
     */
    public static EmbeddedPostgres start(Path directory, int port) {
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(directory.toAbsolutePath().resolve("postgres"), FreePort.orFree(port));
        postgres.launch();
        return postgres;
    }

    public int port() {
        return port;
    }

    /**
     * The URL of a database of this server, which is created if it does not exist. User and trust are part of it.
     *
     * @param database lower-case name
     */
    public String jdbcUrl(String database) {
        if (!NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("Database name " + database + " is not of lower-case letters, digits and _.");
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + database);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("PostgreSQL on port " + port + " refused to make the database "
                    + database + ": " + failed.getMessage(), failed);
        }
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    /** SIGKILL to the server: no clean-up of any kind; returns when it and its workers are gone. */
    public void kill() {
        Postmaster.of(data).ifPresent(Postmaster::kill);
        forget();
    }

    /** Stops cleanly; its clients lose their connections. */
    public void stop() {
        Postmaster.of(data).ifPresent(Postmaster::stop);
        forget();
    }

    /** Starts again on the same directory and port; only after {@link #kill} or {@link #stop}. */
    public void restart() {
        if (server != null) {
            throw new IllegalStateException("PostgreSQL on port " + port + " still runs: kill() or stop() it first.");
        }
        launch();
    }

    @Override
    public void close() {
        if (server != null) {
            stop();
        }
    }

    private void launch() {
        try {
            Files.createDirectories(data);
            Postmaster.of(data).ifPresent(Postmaster::stop);
            server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(START)
                    // The wrapper trades durability for speed (-F, synchronous_commit off), and would lose committed
                    // rows in a crash; a later setting wins.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("shared_buffers", "32MB")
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(data.resolveSibling("postgres.log").toFile()))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(data.resolveSibling("postgres.log").toFile()))
                    .start();
        } catch (IOException | IllegalStateException failed) {
            throw new IllegalStateException("PostgreSQL did not start on 127.0.0.1:" + port + " with " + data + ": "
                    + failed.getMessage() + ". See postgres.log beside it; is the port in use?", failed);
        }
    }

    /** Releases the wrapper's lock file; the server is already gone. */
    private void forget() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException unlocked) {
            throw new IllegalStateException("The lock of " + data + " cannot be released.", unlocked);
        } finally {
            server = null;
        }
    }
}
