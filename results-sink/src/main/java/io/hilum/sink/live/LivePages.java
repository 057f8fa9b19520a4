package io.hilum.sink.live;

import io.hilum.sink.config.SinkConfig;
import io.hilum.sink.feed.SinkStart;
import io.hilum.sink.store.ChangeLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Sends changes to open pages. Changes are read from the change log, so that every instance's pages hear
 * what any instance stored, and a page that reconnects goes on where it was.
 *
 * <p>Threading: one thread sends to all pages; pages come and go on any thread.
 */
@ApplicationScoped
public class LivePages {

    private static final Logger LOG = Logger.getLogger(LivePages.class);
    private static final int AT_ONCE = 500;
    private static final Duration TRIM_EVERY = Duration.ofMinutes(1);

    private final SinkConfig.Live config;
    private final DataSource database;
    private final Wakeup wakeup;
    private final SinkStart start;
    private final List<LivePage> pages = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private Thread thread;
    private Instant trimAt = Instant.MIN;

    LivePages(SinkConfig config, DataSource database, Wakeup wakeup, SinkStart start, MeterRegistry registry) {
        this.config = config.live();
        this.database = database;
        this.wakeup = wakeup;
        this.start = start;
        Gauge.builder("hilum.sink.live.pages", pages, List::size).description("Open live pages").register(registry);
    }

    void begin(@Observes StartupEvent started) {
        thread = new Thread(this::run, "hilum-sink-live");
        thread.setDaemon(true);
        thread.setContextClassLoader(LivePages.class.getClassLoader());
        thread.start();
    }

    void end(@Observes ShutdownEvent stopping) {
        stopped = true;
        wakeup.now();
        pages.forEach(LivePage::close);
    }

    /** @return false when there are already as many pages as configured */
    boolean add(LivePage page) {
        pages.removeIf(LivePage::isClosed);
        if (pages.size() >= config.clients()) {
            return false;
        }
        pages.add(page);
        wakeup.now();
        return true;
    }

    private void run() {
        boolean down = false;
        while (!stopped) {
            try {
                wakeup.await(config.poll());
                pages.removeIf(LivePage::isClosed);
                if (start.isSchemaReady()) {
                    serve();
                    down = false;
                }
                pages.forEach(page -> page.heartbeat(config.heartbeat()));
            } catch (SQLException failed) {
                if (!down) {
                    LOG.warnf("Live pages wait for the database: %s", failed.getMessage());
                    down = true;
                }
                pages.forEach(page -> page.heartbeat(config.heartbeat()));
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                LOG.errorf(failed, "Live pages: %s", failed.getMessage());
            }
        }
    }

    private void serve() throws SQLException {
        boolean trim = Instant.now().isAfter(trimAt);
        if (pages.isEmpty() && !trim) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            if (trim) {
                ChangeLog.trim(connection, config.changesKept());
                trimAt = Instant.now().plus(TRIM_EVERY);
            }
            if (pages.stream().anyMatch(LivePage::isNew)) {
                ChangeLog.Span span = ChangeLog.span(connection);
                pages.stream().filter(LivePage::isNew).forEach(page -> page.begin(span));
            }
            long from = pages.stream().mapToLong(LivePage::sent).min().orElse(Long.MAX_VALUE);
            if (from < Long.MAX_VALUE) {
                List<ChangeLog.Entry> entries = ChangeLog.after(connection, from, AT_ONCE);
                pages.forEach(page -> page.send(entries));
                if (entries.size() == AT_ONCE) {
                    wakeup.now();
                }
            }
        }
    }
}
