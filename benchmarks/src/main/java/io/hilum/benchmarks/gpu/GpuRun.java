package io.hilum.benchmarks.gpu;

import io.hilum.model.Architecture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Does jobs in order while there is time. One thread. */
final class GpuRun {
    /** For a first job of its kind, in seconds: two plans are built, or three batch sizes compiled. */
    private static final double FIRST_GUESS = 45;

    private final Map<Who, GpuSide> sides;
    private final Deadline deadline;
    private final Map<String, Double> longest = new HashMap<>();

    GpuRun(GpuSide hilum, GpuSide torch, Deadline deadline) {
        this.sides = new EnumMap<>(Map.of(Who.HILUM, hilum, Who.TORCH, torch));
        this.deadline = deadline;
    }

    /** @param done told of each job as soon as it is over, so that nothing is lost when the process is killed */
    List<Outcome> run(List<Job> jobs, Consumer<Outcome> done) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Job job : jobs) {
            Outcome outcome = one(job);
            outcomes.add(outcome);
            done.accept(outcome);
        }
        return outcomes;
    }

    private Outcome one(Job job) {
        GpuSide side = sides.get(job.who());
        boolean absent = side instanceof GpuSide.Absent;
        if (!absent && deadline.left() < expected(job)) {
            return Outcome.nothing(job, "%d s were left, and it needs about %d.".formatted(
                (int) Math.max(0, deadline.left()), (int) Math.ceil(expected(job))));
        }
        double before = deadline.left();
        try {
            return Outcome.of(job, side.measure(job, deadline));
        } catch (IOException | RuntimeException failed) {
            return Outcome.nothing(job, failed.getMessage() == null ? failed.toString() : failed.getMessage());
        } finally {
            longest.merge(kind(job, job.model().architecture()), before - deadline.left(), Math::max);
        }
    }

    /** A larger network of the same kind needs longer, so what a smaller one took is the least. */
    private double expected(Job job) {
        for (int a = job.model().architecture().ordinal(); a >= 0; a--) {
            Double took = longest.get(kind(job, Architecture.values()[a]));
            if (took != null) {
                return took;
            }
        }
        return FIRST_GUESS;
    }

    /** Accuracy alone is quick, so it must not wait for as much time as a timing needs. */
    private static String kind(Job job, Architecture architecture) {
        return job.who() + " " + architecture.id() + " " + job.batches().isEmpty();
    }
}
