package io.hilum.sink.feed;

import io.hilum.sink.config.SinkConfig;
import io.hilum.sink.live.Wakeup;
import io.hilum.sink.store.RecordStore;
import io.hilum.sink.trace.FeedTracer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;

/**
 * All feeds: one thread, one consumer and one database connection a topic.
 *
 * <p>Threading: {@link #start} and {@link #stop} exclude each other; states may be read by any thread.
 */
@ApplicationScoped
public class Feeds {

    private static final long STOP_MILLIS = 10_000;

    private final SinkConfig config;
    private final KafkaSettings settings;
    private final DataSource database;
    private final Wakeup wakeup;
    private final FeedTracer tracer;
    private final List<RecordStore> stores;
    private final Map<String, FeedState> states = new LinkedHashMap<>();
    private final Map<String, FeedMeters> meters = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<TopicReader> readers = new ArrayList<>();
    private CountDownLatch stopped;
    private Admin admin;

    Feeds(SinkConfig config, KafkaSettings settings, DataSource database, Wakeup wakeup, Instance<RecordStore> stores,
            FeedTracer tracer, MeterRegistry registry) {
        this.config = config;
        this.settings = settings;
        this.database = database;
        this.wakeup = wakeup;
        this.tracer = tracer;
        this.stores = stores.stream().sorted(Comparator.comparing((RecordStore store) -> store.topic().name())).toList();
        for (RecordStore store : this.stores) {
            FeedState state = new FeedState(store.topic().name(), config.feed().staleAfter());
            states.put(state.topic(), state);
            meters.put(state.topic(), new FeedMeters(registry, state));
        }
    }

    /** Starts reading at the positions of the database. */
    public synchronized void start() {
        if (!threads.isEmpty()) {
            throw new IllegalStateException("the feeds run already");
        }
        stopped = new CountDownLatch(1);
        admin = Admin.create(settings.admin());
        TopicSource source = new TopicSource(settings, admin, config.feed().batch());
        for (RecordStore store : stores) {
            String topic = store.topic().name();
            TopicReader reader = new TopicReader(store, source, database, states.get(topic), meters.get(topic),
                    tracer, wakeup::now, config.feed().firstRetry(), config.feed().longestRetry(), stopped);
            Thread thread = new Thread(reader, "hilum-sink-" + topic);
            // Kafka and the database driver find their classes through it.
            thread.setContextClassLoader(Feeds.class.getClassLoader());
            readers.add(reader);
            threads.add(thread);
            thread.start();
        }
    }

    /** Returns when every feed has ended its transaction, or after 10 s. */
    public synchronized void stop() throws InterruptedException {
        if (threads.isEmpty()) {
            return;
        }
        stopped.countDown();
        readers.forEach(TopicReader::stop);
        for (Thread thread : threads) {
            thread.join(STOP_MILLIS);
        }
        threads.clear();
        readers.clear();
        admin.close();
    }

    /** One a topic, in the order of their names. */
    public List<FeedState> states() {
        return List.copyOf(states.values());
    }

    /** Whether a thread has ended that should run: a defect that only a restart mends. */
    public synchronized boolean hasDeadThread() {
        return threads.stream().anyMatch(thread -> !thread.isAlive());
    }
}
