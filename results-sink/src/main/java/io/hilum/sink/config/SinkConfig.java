package io.hilum.sink.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an installation sets. Checked as a whole by {@link ConfigCheck}: a wrong value stops the start.
 *
 * <p><b>Personal data.</b> The pages and the REST answers name patients. Whoever reaches {@code host}
 * and {@code port} and passes {@code auth} reads them.
 */
@ConfigMapping(prefix = "hilum.sink")
public interface SinkConfig {

    /** Address to listen on. Failure mode: {@code 0.0.0.0} shows patients' names to the network. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port of pages, REST, health and metrics. Failure mode: taken by another program, the start stops. */
    @WithDefault("8080")
    int port();

    /** Who may look. Failure mode: {@code none} protects nobody; it is refused on other than a loopback address. */
    @WithDefault("none")
    AuthMode auth();

    /**
     * Users for {@code auth=basic}: a properties file, {@code name = pbkdf2...} a line, made by
     * {@code java -jar quarkus-run.jar hash-password NAME}. Read again when it changes.
     * Failure mode: missing or unreadable, the start stops; emptied later, nobody gets in.
     */
    Optional<Path> usersFile();

    /**
     * Allows {@code auth=none} on a non-loopback address, for an installation whose proxy checks users.
     * Failure mode: without such a proxy everybody on the network reads patients' names.
     */
    @WithDefault("false")
    boolean openWithoutAuth();

    Database database();

    Feed feed();

    Live live();

    /**
     * Largest canvas (width times height, pixels) that a heat map is drawn for. Failure mode: too small,
     * heat maps of large canvases answer 422; too large, a hostile size in an event costs memory.
     */
    @WithDefault("16000000")
    long heatMapPixels();

    /** PostgreSQL. Down: pages answer 503, feeds wait and catch up. */
    interface Database {

        /** JDBC address. Failure mode: wrong, the service waits for ever and readiness says so. */
        @WithDefault("jdbc:postgresql://127.0.0.1:5432/hilum")
        String url();

        /** Owner of the schema: creates and changes tables. */
        @WithDefault("hilum")
        String user();

        @WithDefault("hilum")
        String password();

        /** Largest number of connections. Failure mode: below 6, pages wait for feeds. */
        @WithDefault("12")
        int connections();
    }

    /** Reading Kafka. */
    interface Feed {

        /** Records in one database transaction. Failure mode: large, a replay holds row locks for seconds. */
        @WithDefault("200")
        int batch();

        /** First wait after a failure (database or broker down); doubles with each. */
        @WithDefault("200ms")
        Duration firstRetry();

        /** Longest wait. Failure mode: long, the worklist is that late after an outage. */
        @WithDefault("5s")
        Duration longestRetry();

        /** A feed that has not heard from Kafka for this long is shown as stale on the page. */
        @WithDefault("15s")
        Duration staleAfter();
    }

    /** Server-sent events. */
    interface Live {

        /** Changes kept for pages that reconnect. Failure mode: small, they reload more often. */
        @WithDefault("10000")
        int changesKept();

        /** How soon a page hears of what another instance stored; its own are told at once. */
        @WithDefault("1s")
        Duration poll();

        /** Silence after which a comment is sent, so that proxies keep the connection. */
        @WithDefault("15s")
        Duration heartbeat();

        /** Open pages. Failure mode: exceeded, further pages are closed at once and keep showing that they reconnect. */
        @WithDefault("500")
        int clients();
    }
}
