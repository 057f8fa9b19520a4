package io.hilum.benchmarks.chaos.harness;

import io.hilum.contracts.event.BundlePointer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** One swap after another at a steady pace, while images come; nothing else is broken. Owned by one thread. */
final class SwapRun {

    private static final Duration SERVED = Duration.ofSeconds(60);
    private static final Duration LONGEST_LEAD = Duration.ofSeconds(2);

    private final Fleet fleet;
    private final Subscriber subscriber;
    private final Releases releases;
    private final JsonLines log;

    SwapRun(Fleet fleet, Subscriber subscriber, Releases releases, JsonLines log) {
        this.fleet = fleet;
        this.subscriber = subscriber;
        this.releases = releases;
        this.log = log;
    }

    /**
     * Each bundle is staged shortly before it serves, so that all that a swap costs lies around it.
     *
     * @param progress told of each swap's number
     */
    List<Swap> run(int count, Duration interval, IntConsumer progress) throws InterruptedException, IOException {
        List<Swap> swaps = new ArrayList<>();
        long lead = Math.min(LONGEST_LEAD.toNanos(), interval.toNanos() / 5);
        long due = System.nanoTime() + interval.toNanos();
        for (int number = 1; number <= count; number++) {
            sleepUntil(due - lead);
            BundlePointer next = releases.next();
            long stagedUs = Clock.micros();
            long stage = releases.stage(next);
            Clock.await(() -> fleet.wanted().stream().allMatch(each -> subscriber.loaded(each.id()) >= stage), SERVED);
            sleepUntil(due);
            long activeUs = Clock.micros();
            long generation = releases.activate(next);
            boolean served = Clock.await(
                    () -> fleet.wanted().stream().allMatch(each -> subscriber.serves(each.id()) >= generation), SERVED);
            Swap swap = new Swap(number, next.getVersion(), stagedUs, activeUs, served ? Clock.micros() : 0);
            swaps.add(swap);
            log.write(swap);
            log.flush();
            progress.accept(number);
            due = Math.max(due + interval.toNanos(), System.nanoTime() + lead);
        }
        sleepUntil(due);
        return swaps;
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = (nanos - System.nanoTime()) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
    }
}
