package io.hilum.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellingExporterTest {

    private final Logger logger = Logger.getLogger(TellingExporter.class.getName());
    private final List<String> said = new ArrayList<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            said.add(record.getMessage());
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(listening);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(listening);
    }

    @Test
    void aCollectorThatStaysAwayDoesNotFillTheLog() {
        TellingExporter exporter = new TellingExporter(new Away());
        for (int i = 0; i < 1_000; i++) {
            exporter.export(List.of());
        }
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("The collector takes no spans (java.net.ConnectException: refused)"), said.get(0));
    }

    @Test
    void saysNothingOfACollectorThatTakesSpans() {
        new TellingExporter(InMemorySpanExporter.create()).export(List.of());
        assertEquals(List.of(), said);
    }

    private static final class Away implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofExceptionalFailure(new IllegalStateException(new ConnectException("refused")));
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
