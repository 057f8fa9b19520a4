package io.hilum.benchmarks.chaos.instance;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What an instance is started with; travels in a file, because a command line is no place for it.
 *
 * @param bootstrap the brokers
 * @param id stable over restarts
 * @param stateDir local state, kept over restarts
 * @param replication copies of internal topics
 * @param guarantee what it promises
 * @param commitInterval as in service
 * @param idle a study becomes final after this time without an image
 * @param line the model line
 * @param bundle whether releases name real bundles, for the real engine
 */
public record InstanceSettings(String bootstrap, String id, Path stateDir, int replication, Guarantee guarantee,
        Duration commitInterval, Duration idle, String line, boolean bundle) {

    /** Consumer group of all instances. */
    public static final String APPLICATION = "hilum-scoring";

    /** An orphaned transaction hides later findings this long. */
    static final Duration TRANSACTION = Duration.ofSeconds(10);
    /** A dead instance's tasks wait this long. */
    public static final Duration SESSION = Duration.ofSeconds(6);
    static final Duration DRAIN = Duration.ofSeconds(5);

    public void write(Path file) throws IOException {
        Properties all = new Properties();
        all.setProperty("bootstrap", bootstrap);
        all.setProperty("id", id);
        all.setProperty("state-dir", stateDir.toString());
        all.setProperty("replication", Integer.toString(replication));
        all.setProperty("guarantee", guarantee.name());
        all.setProperty("commit-interval", commitInterval.toString());
        all.setProperty("idle", idle.toString());
        all.setProperty("line", line);
        all.setProperty("bundle", Boolean.toString(bundle));
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
    }

    static InstanceSettings read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            all.load(in);
        }
        return new InstanceSettings(need(all, "bootstrap"), need(all, "id"), Path.of(need(all, "state-dir")),
                Integer.parseInt(need(all, "replication")), Guarantee.valueOf(need(all, "guarantee")),
                Duration.parse(need(all, "commit-interval")), Duration.parse(need(all, "idle")), need(all, "line"),
                Boolean.parseBoolean(need(all, "bundle")));
    }

    private static String need(Properties all, String key) {
        return Optional.ofNullable(all.getProperty(key))
                .orElseThrow(() -> new IllegalArgumentException("The instance's settings have no " + key + "."));
    }
}
