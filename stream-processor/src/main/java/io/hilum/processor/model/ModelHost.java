package io.hilum.processor.model;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The model lines that serve, each behind a batcher of its own. A line joins with its first engine and leaves with
 * {@link #remove}; both while images are scored.
 *
 * <p>Threading: {@link #serve}, {@link #remove}, {@link #shadow} and {@link #close} by the release thread or at the end;
 * the rest is free to share. The map of lines is replaced, never changed.
 */
public final class ModelHost implements AutoCloseable {

    private final BatcherOptions options;
    private final Consumer<List<EngineIdentity>> onChange;
    private volatile Map<String, ServedLine> lines = Map.of();
    private boolean closed;

    /** @param onChange told who serves, line by line, whenever that changes */
    public ModelHost(BatcherOptions options, Consumer<List<EngineIdentity>> onChange) {
        this.options = options;
        this.onChange = onChange;
    }

    /** From the next batch on this engine scores its line; the host owns it now. */
    public synchronized void serve(InferenceEngine engine) {
        if (closed) {
            engine.close();
            return;
        }
        String name = engine.identity().line();
        ServedLine line = lines.get(name);
        if (line == null) {
            Map<String, ServedLine> more = new TreeMap<>(lines);
            more.put(name, new ServedLine(engine, options));
            lines = more;
        } else {
            line.exchange(engine);
        }
        onChange.accept(serving());
    }

    /** Takes a line out of service; returns when what it had taken is scored. */
    public void remove(String name) {
        ServedLine line = taken(name);
        if (line != null) {
            line.retire();
        }
    }

    private synchronized ServedLine taken(String name) {
        ServedLine line = lines.get(name);
        if (line != null) {
            Map<String, ServedLine> fewer = new TreeMap<>(lines);
            fewer.remove(name);
            lines = fewer;
            onChange.accept(serving());
        }
        return line;
    }

    /** Lets a candidate score what this line scores, when the line serves; null: no candidate any more. */
    public synchronized void shadow(String name, Shadow candidate) {
        ServedLine line = lines.get(name);
        if (line != null) {
            line.shadow(candidate);
        }
    }

    /** Who will compute the next batch of each line, by the lines' names. */
    public List<EngineIdentity> serving() {
        return lines.values().stream().map(ServedLine::serving).toList();
    }

    /** Who will compute the next batch of this line. */
    public Optional<EngineIdentity> serving(String name) {
        return Optional.ofNullable(lines.get(name)).map(ServedLine::serving);
    }

    /** Why an engine that serves cannot score, a sentence a line; empty when all can. */
    public String fault() {
        return lines.entrySet().stream().filter(line -> !line.getValue().fault().isEmpty())
                .map(line -> line.getKey() + ": " + line.getValue().fault()).collect(Collectors.joining(" "));
    }

    /** Whether more images of this line wait than its next batch takes. */
    public boolean isBehind(String name) {
        return Optional.ofNullable(lines.get(name)).map(ServedLine::isBehind).orElse(false);
    }

    /** Images that wait for a batch, over all lines. */
    public int queued() {
        return lines.values().stream().mapToInt(ServedLine::queued).sum();
    }

    /** The lines that an image is scored by which comes now. */
    List<ServedLine> lines() {
        return List.copyOf(lines.values());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lines.values().forEach(ServedLine::stop);
        }
    }
}
