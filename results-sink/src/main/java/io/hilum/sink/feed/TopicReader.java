package io.hilum.sink.feed;

import io.hilum.sink.store.BatchStore;
import io.hilum.sink.store.PositionMoved;
import io.hilum.sink.store.Positions;
import io.hilum.sink.store.RecordStore;
import io.hilum.sink.store.Result.Effect;
import io.hilum.sink.trace.FeedTracer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads one topic into the database until it is stopped. Whatever fails (database, broker), it drops
 * the consumer, waits, and begins again at the positions that the database holds: there is one way
 * to recover, and it is the way of every start.
 *
 * <p>Threading: {@link #run} belongs to the feed's own thread, and with it the consumer;
 * {@link #stop} may be called by any thread.
 */
final class TopicReader implements Runnable {

    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK_LAG_EVERY = Duration.ofSeconds(3);
    private static final Duration ASK_LAG_WAIT = Duration.ofSeconds(3);

    private final RecordStore store;
    private final TopicSource source;
    private final DataSource database;
    private final BatchStore batches;
    private final FeedState state;
    private final FeedMeters meters;
    private final FeedTracer tracer;
    private final Runnable stored;
    private final Backoff backoff;
    private final CountDownLatch stopped;
    /** Next offset by partition, as the database has it. */
    private final Map<Integer, Long> positions = new HashMap<>();
    private volatile Consumer<byte[], byte[]> open;
    private Instant askLagAt = Instant.MIN;

    /** @param stored told after each commit, on the feed's thread */
    TopicReader(RecordStore store, TopicSource source, DataSource database, FeedState state, FeedMeters meters,
            FeedTracer tracer, Runnable stored, Duration firstRetry, Duration longestRetry, CountDownLatch stopped) {
        this.store = store;
        this.source = source;
        this.database = database;
        this.batches = new BatchStore(database);
        this.state = state;
        this.meters = meters;
        this.tracer = tracer;
        this.stored = stored;
        this.stopped = stopped;
        this.backoff = new Backoff(firstRetry, longestRetry, stopped);
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                readFromPositions();
            } catch (WakeupException stop) {
                LOG.debugf("%s: woken to stop.", state.topic());
            } catch (SQLException failed) {
                retry("The database does not answer: " + failed.getMessage(), failed);
            } catch (KafkaException failed) {
                retry("Kafka does not answer: " + failed.getMessage(), failed);
            } catch (RuntimeException failed) {
                retry("The feed failed: " + failed, failed);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        state.stopped();
    }

    /** Any thread: ends {@link #run} soon. The latch is already down. */
    void stop() {
        Consumer<byte[], byte[]> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void retry(String sentence, Exception failed) {
        if (isStopped()) {
            return;
        }
        meters.failed();
        state.failed(sentence);
        LOG.warnf("Feed %s waits %d ms. %s", state.topic(), backoff.next().toMillis(), sentence);
        LOG.debug("The cause", failed);
        backoff.pause();
    }

    private void readFromPositions() throws SQLException, InterruptedException {
        requireDatabase();
        String topicId = source.topicId(state.topic());
        try (Consumer<byte[], byte[]> consumer = source.consumer(state.topic())) {
            open = consumer;
            List<TopicPartition> partitions = consumer.partitionsFor(state.topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            seek(consumer, topicId);
            askLagAt = Instant.MIN;
            while (!isStopped()) {
                readOnce(consumer, topicId);
            }
        } finally {
            open = null;
        }
    }

    /** Before anything else: while it is down, no consumer needs to be made. */
    private void requireDatabase() throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!connection.isValid(2)) {
                throw new SQLException("no answer within 2 s");
            }
        }
    }

    private void seek(Consumer<byte[], byte[]> consumer, String topicId) throws SQLException {
        positions.clear();
        try (Connection connection = database.getConnection()) {
            positions.putAll(Positions.read(connection, state.topic(), topicId));
        }
        for (TopicPartition partition : consumer.assignment()) {
            consumer.seek(partition, positions.getOrDefault(partition.partition(), 0L));
        }
    }

    private void readOnce(Consumer<byte[], byte[]> consumer, String topicId) throws SQLException {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException gone) {
            goOnAfterGap(consumer, gone);
            return;
        }
        if (!records.isEmpty()) {
            storeAll(consumer, topicId, records);
        }
        if (Instant.now().isAfter(askLagAt)) {
            askLagAt = Instant.now().plus(ASK_LAG_EVERY);
            state.heard(lag(consumer));
            backoff.succeeded();
        }
    }

    private void storeAll(Consumer<byte[], byte[]> consumer, String topicId, ConsumerRecords<byte[], byte[]> records)
            throws SQLException {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(records.count());
        records.forEach(batch::add);
        Instant begun = Instant.now();
        try {
            List<Effect> effects = batches.store(store, topicId, batch, positions);
            Instant committed = Instant.now();
            meters.stored(effects, Duration.between(begun, committed));
            tracer.stored(batch, effects, begun, committed);
            batch.forEach(record -> positions.put(record.partition(), record.offset() + 1));
            stored.run();
        } catch (PositionMoved moved) {
            LOG.infof("Reading again from the database's positions: %s", moved.getMessage());
            seek(consumer, topicId);
        }
    }

    /** Retention was faster than this service: nothing can bring the records back, so say it and go on. */
    private void goOnAfterGap(Consumer<byte[], byte[]> consumer, OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(gone.partitions());
        gone.offsetOutOfRangePartitions().forEach((partition, offset) -> {
            long beginning = beginnings.get(partition);
            long lost = Math.max(0, beginning - offset);
            // From 0 nothing was missed: a new installation on a topic that already forgot its beginning.
            if (offset > 0) {
                meters.lost(lost);
                LOG.errorf("%s: %d records from offset %d on were deleted before they were stored. Going on at %d."
                        + " Run './hilum reconcile' to publish again what has no findings.", partition, lost, offset, beginning);
            }
            consumer.seek(partition, beginning);
        });
    }

    /** Asks the broker, and so tells also whether it is there. */
    private static long lag(Consumer<byte[], byte[]> consumer) {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(consumer.assignment(), ASK_LAG_WAIT).entrySet()) {
            behind += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        return behind;
    }
}
