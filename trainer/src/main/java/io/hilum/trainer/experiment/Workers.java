package io.hilum.trainer.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * Works a plan off, some runs at a time, each as soon as what it needs has ended. Threads: the caller's thread decides;
 * each running child has a thread of its own that only waits for it.
 *
 * @param workers runs at a time
 * @param ended whether a run has its result
 * @param child executes a run and says whether it ended well; called from several threads
 */
record Workers(int workers, Plan plan, Predicate<Run> ended, Predicate<Run> child) {
    private record Finished(Run run, boolean well) {}

    /** @return the runs that failed, or could not begin because what they need failed or is not among those wanted */
    List<Run> work(List<Run> wanted) throws IOException {
        List<Run> waiting = new ArrayList<>(wanted);
        waiting.removeIf(ended);
        Set<Run> failed = new HashSet<>();
        Set<CompletableFuture<Finished>> running = new HashSet<>();
        while (true) {
            for (Run run : List.copyOf(waiting)) {
                if (running.size() < workers && plan.needs(run).stream().allMatch(ended)) {
                    waiting.remove(run);
                    running.add(CompletableFuture.supplyAsync(() -> new Finished(run, child.test(run)), task -> new Thread(task, run.id()).start()));
                }
            }
            if (running.isEmpty()) {
                failed.addAll(waiting);
                return List.copyOf(failed);
            }
            Finished finished = next(running);
            if (!finished.well() || !ended.test(finished.run())) {
                failed.add(finished.run());
            }
        }
    }

    private static Finished next(Set<CompletableFuture<Finished>> running) throws IOException {
        try {
            CompletableFuture.anyOf(running.toArray(CompletableFuture[]::new)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The experiment was interrupted; the same command goes on.", e);
        } catch (ExecutionException e) {
            throw new IOException("A worker failed: " + e.getCause(), e);
        }
        var done = running.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
        running.remove(done);
        return done.join();
    }
}
