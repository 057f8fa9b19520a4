package io.hilum.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Records spans and sends them to a collector, or does nothing.
 *
 * <p>Off unless a collector is named: then nothing of OpenTelemetry is started and no span is made. On, ended spans
 * wait in a bounded queue; a thread of OpenTelemetry sends them in batches. When the collector is slow or away the queue
 * fills and further spans are dropped: recording never waits, and never throws.
 *
 * <p>Threading: free to share; closed by its owner, after all who record.
 */
public final class Tracing implements AutoCloseable {

    private static final String SCOPE = "io.hilum";
    /** A collector that is away must not keep a service from stopping. */
    private static final long CLOSE_SECONDS = 2;
    private static final Tracing OFF = new Tracing(null, null, false);

    private final Tracer tracer;
    private final SdkTracerProvider provider;
    private final boolean uids;

    private Tracing(Tracer tracer, SdkTracerProvider provider, boolean uids) {
        this.tracer = tracer;
        this.provider = provider;
        this.uids = uids;
    }

    /** Records nothing. */
    public static Tracing off() {
        return OFF;
    }

    /**
     * Records where a collector is named.
     *
     * @throws IllegalArgumentException with a sentence when an option of OpenTelemetry is wrong
     */
    public static Tracing start(TracingOptions options) {
        if (!options.isOn()) {
            return OFF;
        }
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> defaults(options))
                    .addSpanExporterCustomizer((exporter, all) -> new TellingExporter(exporter))
                    .build().getOpenTelemetrySdk();
            return recording(sdk.getSdkTracerProvider(), options.uids());
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException wrong) {
            throw new IllegalArgumentException("Tracing cannot be started: " + wrong.getMessage() + ". Correct the OTEL_"
                    + " variables, or take OTEL_EXPORTER_OTLP_ENDPOINT away to go without it.", wrong);
        }
    }

    /**
     * Records with a provider of one's own, e.g. into a test's memory.
     *
     * @param provider owned from now on
     */
    public static Tracing recording(SdkTracerProvider provider, boolean uids) {
        return new Tracing(provider.get(SCOPE), provider, uids);
    }

    /** Empty when nothing is recorded. */
    public Optional<Tracer> tracer() {
        return Optional.ofNullable(tracer);
    }

    /**
     * Names study and image in a span. The digest finds the trace of a UID that one knows, and does not tell it:
     * {@code printf %s UID | sha256sum | cut -c1-16}.
     *
     * @param sopInstanceUid empty where the span is of the whole study
     */
    public SpanBuilder identify(SpanBuilder span, String studyUid, String sopInstanceUid) {
        name(span::setAttribute, SpanKeys.STUDY_DIGEST, SpanKeys.STUDY_UID, studyUid);
        name(span::setAttribute, SpanKeys.IMAGE_DIGEST, SpanKeys.IMAGE_UID, sopInstanceUid);
        return span;
    }

    /** The same for a span that has begun. */
    public void identify(Span span, String studyUid, String sopInstanceUid) {
        name(span::setAttribute, SpanKeys.STUDY_DIGEST, SpanKeys.STUDY_UID, studyUid);
        name(span::setAttribute, SpanKeys.IMAGE_DIGEST, SpanKeys.IMAGE_UID, sopInstanceUid);
    }

    private void name(BiConsumer<AttributeKey<String>, String> attributes, AttributeKey<String> digest,
            AttributeKey<String> uid, String value) {
        if (!value.isEmpty()) {
            attributes.accept(digest, ShortDigest.of(value));
            if (uids) {
                attributes.accept(uid, value);
            }
        }
    }

    /** What holds unless the operator says otherwise. */
    private static Map<String, String> defaults(TracingOptions options) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.service.name", options.service(),
                // Figures are for Prometheus, the log is for the console: only traces go out.
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf"));
        properties.putAll(options.properties());
        return properties;
    }

    /** Sends what still waits, for a little. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
