package io.hilum.processor.model.release;

import java.text.MessageFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Remembers what is logged, as a person would read it. Threading: whoever logs; the test owns the list. */
final class LogRecorder extends Handler {

    private final List<String> lines;

    LogRecorder(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getParameters() == null ? entry.getMessage() : MessageFormat.format(entry.getMessage(), entry.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
