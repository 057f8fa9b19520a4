package io.hilum.sink.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The rules between options. Each broken rule is one sentence: what, where, what to do. */
public final class ConfigCheck {

    /** Pages need connections while all four feeds hold one. */
    private static final int FEWEST_CONNECTIONS = 6;

    private ConfigCheck() {}

    /** Stops the start with all sentences at once, without a stack trace. */
    public static void require(SinkConfig config, String boundHost) {
        List<String> wrong = problems(config, boundHost);
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), wrong));
        }
    }

    /** @param boundHost the address that the HTTP server really binds */
    static List<String> problems(SinkConfig config, String boundHost) {
        List<String> wrong = new ArrayList<>();
        switch (config.auth()) {
            case NONE -> {
                if (!isLoopback(boundHost) && !config.openWithoutAuth()) {
                    wrong.add("hilum.sink.host is " + boundHost + " and hilum.sink.auth is none: patients' names would be"
                            + " open to the network. Set hilum.sink.auth=basic, or hilum.sink.open-without-auth=true"
                            + " where a proxy in front checks users.");
                }
            }
            case BASIC -> {
                if (config.usersFile().isEmpty()) {
                    wrong.add("hilum.sink.auth is basic but hilum.sink.users-file is not set. Name the file of users.");
                } else if (!Files.isReadable(config.usersFile().get())) {
                    wrong.add("hilum.sink.users-file " + config.usersFile().get() + " cannot be read. Create it with"
                            + " 'java -jar quarkus-run.jar hash-password NAME', or correct the path.");
                }
            }
        }
        if (!config.database().url().startsWith("jdbc:postgresql:")) {
            wrong.add("hilum.sink.database.url must start with jdbc:postgresql: (PostgreSQL is the only database).");
        }
        if (config.database().connections() < FEWEST_CONNECTIONS) {
            wrong.add("hilum.sink.database.connections must be at least " + FEWEST_CONNECTIONS
                    + ": four feeds hold one each, pages need the rest.");
        }
        if (config.feed().batch() < 1 || config.feed().batch() > 5000) {
            wrong.add("hilum.sink.feed.batch must lie between 1 and 5000 records.");
        }
        if (config.feed().firstRetry().toMillis() < 1
                || config.feed().longestRetry().compareTo(config.feed().firstRetry()) < 0) {
            wrong.add("hilum.sink.feed.first-retry must be at least 1 ms and longest-retry not shorter than it.");
        }
        if (config.live().changesKept() < 100) {
            wrong.add("hilum.sink.live.changes-kept must be at least 100.");
        }
        if (config.live().poll().toMillis() < 10) {
            wrong.add("hilum.sink.live.poll must be at least 10 ms: it is a database query.");
        }
        if (config.live().clients() < 1) {
            wrong.add("hilum.sink.live.clients must be at least 1.");
        }
        if (config.heatMapPixels() < 1 || config.heatMapPixels() > 100_000_000) {
            wrong.add("hilum.sink.heat-map-pixels must lie between 1 and 100000000.");
        }
        return wrong;
    }

    /** Names other than localhost are resolved: one that points outside is not loopback. */
    static boolean isLoopback(String host) {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            for (InetAddress address : all) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return all.length > 0;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
