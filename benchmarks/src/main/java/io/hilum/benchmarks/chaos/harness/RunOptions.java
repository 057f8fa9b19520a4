package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.instance.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a run does.
 *
 * @param folder everything is written into it
 * @param seed of what is sent and of what is broken when
 * @param images at least as many distinct images are sent; more, while faults are still to come
 * @param rate images a second
 * @param faults how many
 * @param perKind at least as many of each kind
 * @param kinds what is broken
 * @param brokers 3, of which one may be lost, or 1
 * @param instances of the stream; one more comes and goes with rebalances
 * @param partitions of the topics
 * @param guarantee what the stream promises
 * @param idle a study becomes final after this time without an image
 * @param swaps under load, after the faults
 * @param swapInterval from one to the next
 * @param quiet the run ends when nothing has come for so long, though something is missing
 * @param bundle a real one to swap, instead of the engine whose scores can be computed
 */
public record RunOptions(Path folder, long seed, int images, double rate, int faults, int perKind, Set<Fault> kinds, int brokers,
        int instances, int partitions, Guarantee guarantee, Duration idle, int swaps, Duration swapInterval, Duration quiet,
        Optional<Path> bundle) {

    public RunOptions {
        kinds = Set.copyOf(kinds);
        require(images >= 1 && rate > 0, "At least one image must be sent, at a positive rate.");
        require(faults >= 0 && perKind >= 0 && faults >= perKind * kinds.size(),
                "%d faults are fewer than %d of each of %d kinds.".formatted(faults, perKind, kinds.size()));
        require(brokers == 1 || brokers >= 3, "There must be 1 broker, or 3 and more, not " + brokers + ".");
        require(brokers >= 3 || !kinds.contains(Fault.BROKER_KILL), "Of one broker none may be killed; take three.");
        require(instances >= 1 && partitions >= 1, "There must be at least one instance and one partition.");
        require(swaps == 0 || swapInterval.toMillis() >= 200, "Swaps need at least 200 ms each.");
        require(faults == 0 || !kinds.isEmpty(), "There are faults to draw, but no kinds of them.");
        require(bundle.isEmpty() || !kinds.contains(Fault.ENGINE_FAILURE) && !kinds.contains(Fault.POISON),
                "A real bundle's engine cannot be told to fail: leave out ENGINE_FAILURE and POISON.");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
