package io.hilum.tracing;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says in one sentence, once in ten minutes, that a collector takes no spans. OpenTelemetry's own words for it, a stack trace each
 * time, are switched off in the services' logging.
 *
 * <p>Threading: exports by OpenTelemetry's thread; results come on any.
 */
final class TellingExporter implements SpanExporter {

    private static final System.Logger LOG = System.getLogger(TellingExporter.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final SpanExporter real;
    private final AtomicLong lost = new AtomicLong();
    /** When it was said last; {@link System#nanoTime()} less the pause before the first time. */
    private final AtomicLong said = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    TellingExporter(SpanExporter real) {
        this.real = real;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = real.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                lost.addAndGet(spans.size());
                tell(result.getFailureThrowable());
            }
        });
        return result;
    }

    private void tell(Throwable failure) {
        long now = System.nanoTime();
        long before = said.get();
        if (now - before >= PAUSE_NANOS && said.compareAndSet(before, now)) {
            LOG.log(System.Logger.Level.WARNING, "The collector takes no spans (" + reason(failure) + "); " + lost.get()
                    + " are lost so far. No image waits for them. Check OTEL_EXPORTER_OTLP_ENDPOINT and the collector.");
        }
    }

    /** The status that the collector answered, or else what the network said. */
    private static String reason(Throwable failure) {
        if (failure instanceof HttpExportException answered && answered.getResponse() != null) {
            return "HTTP status " + answered.getResponse().statusCode();
        }
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause == null ? "it did not say why" : cause.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return real.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return real.shutdown();
    }
}
