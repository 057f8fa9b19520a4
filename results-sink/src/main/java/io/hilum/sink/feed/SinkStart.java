package io.hilum.sink.feed;

import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.sink.config.ConfigCheck;
import io.hilum.sink.config.HouseConfig;
import io.hilum.sink.config.SinkConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/**
 * The order of the start: configuration, schema, topics, feeds. Database and broker may come later than
 * this service; pages answer 503 until then. What waiting cannot mend stops the service with a sentence.
 *
 * <p>Threading: the start runs on its own thread and ends with it.
 */
@ApplicationScoped
public class SinkStart {

    private static final Logger LOG = Logger.getLogger(SinkStart.class);

    private final SinkConfig config;
    private final HouseConfig.TopicCounts counts;
    private final KafkaSettings settings;
    private final Flyway flyway;
    private final Feeds feeds;
    private final String boundHost;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean schemaReady;
    private Thread starting;

    SinkStart(SinkConfig config, HouseConfig.TopicCounts counts, KafkaSettings settings, Flyway flyway, Feeds feeds,
            @ConfigProperty(name = "quarkus.http.host") String boundHost) {
        this.config = config;
        this.counts = counts;
        this.settings = settings;
        this.flyway = flyway;
        this.feeds = feeds;
        this.boundHost = boundHost;
    }

    void begin(@Observes StartupEvent started) {
        ConfigCheck.require(config, boundHost);
        starting = new Thread(this::startAll, "hilum-sink-start");
        starting.setContextClassLoader(SinkStart.class.getClassLoader());
        starting.start();
    }

    void end(@Observes ShutdownEvent stopping) throws InterruptedException {
        stopped.countDown();
        if (starting != null) {
            starting.join(15_000);
        }
        feeds.stop();
    }

    /** Whether the tables are there. */
    public boolean isSchemaReady() {
        return schemaReady;
    }

    private void startAll() {
        try {
            if (migrate() && topics()) {
                feeds.start();
                LOG.info("The feeds run.");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fatal) {
            LOG.errorf("results-sink stops: %s", fatal.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    private boolean migrate() {
        Backoff backoff = backoff();
        while (true) {
            try {
                flyway.migrate();
                schemaReady = true;
                return true;
            } catch (FlywayValidateException foreign) {
                throw new IllegalStateException("The database's schema is not one of this version: " + foreign.getMessage(), foreign);
            } catch (FlywayException down) {
                LOG.warnf("The database at %s is not ready, trying again in %d ms: %s", config.database().url(),
                        backoff.next().toMillis(), firstLine(down));
                if (!backoff.pause()) {
                    return false;
                }
            }
        }
    }

    private boolean topics() throws InterruptedException {
        Backoff backoff = backoff();
        while (true) {
            try (Admin admin = Admin.create(settings.admin())) {
                new TopicAdmin(admin, counts.partitions(), counts.replication()).createAndCheck();
                return true;
            } catch (IllegalStateException refused) {
                if (refused.getCause() == null) {
                    throw refused;
                }
                LOG.warnf("Kafka is not ready, trying again in %d ms: %s", backoff.next().toMillis(), firstLine(refused));
            } catch (org.apache.kafka.common.KafkaException unreachable) {
                LOG.warnf("Kafka is not ready, trying again in %d ms: %s", backoff.next().toMillis(), firstLine(unreachable));
            }
            if (!backoff.pause()) {
                return false;
            }
        }
    }

    private Backoff backoff() {
        return new Backoff(config.feed().firstRetry(), config.feed().longestRetry(), stopped);
    }

    private static String firstLine(Exception failed) {
        return String.valueOf(failed.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse("no message");
    }
}
