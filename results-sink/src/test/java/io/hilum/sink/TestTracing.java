package io.hilum.sink;

import io.hilum.tracing.Tracing;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Spans of the service under test, in memory. */
class TestTracing {

    static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    @Produces
    @Mock
    @Singleton
    Tracing recording() {
        return Tracing.recording(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(SPANS)).build(), false);
    }
}
