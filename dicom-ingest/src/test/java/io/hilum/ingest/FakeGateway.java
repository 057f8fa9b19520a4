package io.hilum.ingest;

import com.google.protobuf.Message;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.publish.Gateway;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Topics without a broker: they remember, and can be away. */
public final class FakeGateway implements Gateway {

    /** One event as it was sent. */
    public record Sent(Topic topic, String key, Message event, Optional<TraceContext> trace) {}

    public final List<Sent> sent = new CopyOnWriteArrayList<>();
    public volatile RuntimeException away;
    public volatile RuntimeException awayForImages;
    public volatile Runnable beforeSend = () -> { };
    public volatile Runnable beforePrepare = () -> { };

    @Override
    public void prepare() {
        beforePrepare.run();
        if (away != null) {
            throw away;
        }
    }

    @Override
    public CompletableFuture<Void> send(Topic topic, String key, Message event, Optional<TraceContext> trace) {
        beforeSend.run();
        RuntimeException failure = away != null ? away
                : awayForImages != null && topic.name().startsWith("hilum.images") ? awayForImages : null;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        sent.add(new Sent(topic, key, event, trace));
        return CompletableFuture.completedFuture(null);
    }

    /** Events of one type in their order. */
    public <E extends Message> List<E> events(Class<E> type) {
        return sent.stream().map(Sent::event).filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() { }
}
