package io.hilum.ingest.publish;

import com.google.protobuf.Message;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.trace.TraceContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The topics, as the publisher sees them. A broker-free twin stands in its tests. */
public interface Gateway extends AutoCloseable {

    /**
     * Creates and checks the topics.
     *
     * @throws TopicsDifferException when they are not as declared
     * @throws RuntimeException when the broker does not answer
     */
    void prepare() throws InterruptedException;

    /**
     * Sends one event.
     *
     * @param trace that its record is part of
     * @return done when the broker has acknowledged it to all in-sync replicas; failed otherwise
     */
    CompletableFuture<Void> send(Topic topic, String key, Message event, Optional<TraceContext> trace);

    /** Sends one event that is part of no trace. */
    default CompletableFuture<Void> send(Topic topic, String key, Message event) {
        return send(topic, key, event, Optional.empty());
    }

    @Override
    void close();
}
