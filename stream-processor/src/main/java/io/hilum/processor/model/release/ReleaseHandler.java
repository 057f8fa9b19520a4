package io.hilum.processor.model.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.Shadows;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Hands each line's releases to its {@link LineHandler}: a line joins with its first release and leaves when that is
 * taken back. One bundle is loaded at a time, whatever is released together.
 *
 * <p>Threading: owned by the release thread; {@link #trouble()} and {@link #isReady} are free to read.
 */
final class ReleaseHandler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ReleaseHandler.class);

    private final Set<String> servesOnly;
    private final ModelHost host;
    private final BundleLoader loader;
    private final StatusBoard status;
    private final Shadows shadows;
    private final Map<String, LineHandler> lines = new ConcurrentSkipListMap<>();

    /** @param servesOnly the lines to serve; empty: every one that is released */
    ReleaseHandler(Set<String> servesOnly, ModelHost host, BundleLoader loader, StatusBoard status, Shadows shadows) {
        this.servesOnly = new TreeSet<>(servesOnly);
        this.host = host;
        this.loader = loader;
        this.status = status;
        this.shadows = shadows;
    }

    /** Why the last releases do not serve as they say, a sentence a line; empty when they do. */
    String trouble() {
        if (lines.isEmpty() && servesOnly.isEmpty()) {
            return "No release was read from hilum.models yet.";
        }
        Map<String, String> troubles = new TreeMap<>();
        servesOnly.forEach(line -> troubles.put(line, "The line " + line + " is to be served (model.lines), and no release of it was read yet."));
        lines.forEach((line, handler) -> troubles.put(line, handler.trouble()));
        return troubles.values().stream().filter(trouble -> !trouble.isEmpty()).collect(Collectors.joining(" "));
    }

    /** Whether the lines that are wanted serve; one of them where none is named. */
    boolean isReady() {
        return servesOnly.isEmpty()
                ? !host.serving().isEmpty()
                : servesOnly.stream().allMatch(line -> host.serving(line).isPresent());
    }

    LineHandler.Result handle(ModelRelease release) {
        if (!isMine(release.getLine())) {
            LOG.infof("The release of the model line %s is left alone: this instance serves %s (model.lines).",
                    release.getLine(), String.join(", ", servesOnly));
            return LineHandler.Result.DONE;
        }
        return lines.computeIfAbsent(release.getLine(), line ->
                new LineHandler(line, host, loader, status, new StagedEngine(line, host, shadows))).handle(release);
    }

    /** A line's release was taken back. */
    void remove(String line) {
        LineHandler handler = lines.remove(line);
        if (handler != null) {
            handler.remove();
        }
    }

    @Override
    public void close() {
        lines.values().forEach(LineHandler::close);
    }

    private boolean isMine(String line) {
        return servesOnly.isEmpty() || servesOnly.contains(line);
    }
}
