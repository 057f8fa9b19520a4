package io.hilum.benchmarks.chaos.harness;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All instances, and who starts those anew that end by themselves, as whoever runs the service does when liveness goes down.
 *
 * <p>Threading: a thread of its own watches; the rest is free to share.
 */
final class Fleet implements AutoCloseable {

    private static final long LOOK_MS = 200;

    private final List<Instance> regular;
    private final Instance extra;
    private final Consumer<String> log;
    private final Thread watch = new Thread(this::watch, "fleet");
    private volatile boolean closed;

    /**
     * @param extra comes and goes
     * @param log told of each instance that ended by itself
     */
    Fleet(List<Instance> regular, Instance extra, Consumer<String> log) {
        this.regular = List.copyOf(regular);
        this.extra = extra;
        this.log = log;
        watch.setDaemon(true);
    }

    void start() {
        regular.forEach(Instance::start);
        watch.start();
    }

    List<Instance> regular() {
        return regular;
    }

    Instance extra() {
        return extra;
    }

    /** All that shall be there. */
    List<Instance> wanted() {
        return all().stream().filter(Instance::isWanted).toList();
    }

    /** Whether every stream that shall be there has its tasks. */
    boolean isRunning() {
        return wanted().stream().allMatch(Instance::isRunning);
    }

    @Override
    public void close() {
        closed = true;
        for (Instance each : wanted()) {
            try {
                each.stop();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (IllegalStateException late) {
                log.accept(late.getMessage());
            }
        }
    }

    private List<Instance> all() {
        return Stream.concat(regular.stream(), Stream.of(extra)).toList();
    }

    private void watch() {
        try {
            while (!closed) {
                for (Instance each : all()) {
                    synchronized (each) {
                        if (!closed && each.isWanted() && !each.isAlive()) {
                            log.accept(each.id() + " ended by itself with status " + each.exitValue() + " and is started anew");
                            each.start();
                        }
                    }
                }
                Thread.sleep(LOOK_MS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
