package io.hilum.sink.live;

import io.hilum.sink.store.ChangeLog;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One open page: what it has been sent. A page that does not take its events is sent nothing more until
 * it does, and catches up from the log; nothing is queued for it here.
 *
 * <p>Threading: the live thread alone sends; {@link #close} and {@link #isClosed} are free.
 */
final class LivePage {

    private final SseEventSink sink;
    private final Sse sse;
    /** The last event that the page has seen, or -1: it begins afresh. */
    private final long resumeAfter;
    private boolean begun;
    private long sent;
    private Instant lastSent = Instant.now();
    private CompletionStage<?> pending = CompletableFuture.completedFuture(null);

    LivePage(SseEventSink sink, Sse sse, long resumeAfter) {
        this.sink = sink;
        this.sse = sse;
        this.resumeAfter = resumeAfter;
    }

    boolean isNew() {
        return !begun;
    }

    boolean isClosed() {
        return sink.isClosed();
    }

    void close() {
        sink.close();
    }

    long sent() {
        return begun && isFree() ? sent : Long.MAX_VALUE;
    }

    /**
     * Says hello, or goes on. A page that has seen an event which the log no longer follows without a gap
     * (or never had: another database) is told to reload.
     */
    void begin(ChangeLog.Span log) {
        begun = true;
        boolean resumes = resumeAfter >= 0 && resumeAfter >= log.first() - 1 && resumeAfter <= log.last();
        sent = resumes ? resumeAfter : log.last();
        if (resumes) {
            emit(event(sent, "hello", "{\"resumed\":true}"));
        } else if (resumeAfter >= 0) {
            emit(event(sent, "refresh", "{}"));
        } else {
            emit(event(sent, "hello", "{\"resumed\":false}"));
        }
    }

    void send(List<ChangeLog.Entry> entries) {
        if (!begun || !isFree()) {
            return;
        }
        for (ChangeLog.Entry entry : entries) {
            if (entry.id() > sent) {
                emit(event(entry.id(), entry.kind(), entry.data()));
                sent = entry.id();
            }
        }
    }

    /** A comment, so that proxies and the browser know that the connection lives. */
    void heartbeat(Duration silence) {
        if (begun && isFree() && lastSent.plus(silence).isBefore(Instant.now())) {
            emit(sse.newEventBuilder().comment("still here").build());
        }
    }

    private OutboundSseEvent event(long id, String name, String json) {
        return sse.newEventBuilder().id(Long.toString(id)).name(name)
                .mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, json).build();
    }

    private boolean isFree() {
        return pending.toCompletableFuture().isDone();
    }

    private void emit(OutboundSseEvent event) {
        lastSent = Instant.now();
        if (!sink.isClosed()) {
            try {
                pending = sink.send(event);
            } catch (IllegalStateException closedMeanwhile) {
                pending = CompletableFuture.completedFuture(null);
            }
        }
    }
}
