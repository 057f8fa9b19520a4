package io.hilum.quickstart.command;

import io.hilum.imaging.net.FileSender;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StoreOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends files one association each, as modalities do, at a steady rate, with progress for people. */
final class PacedSender {

    private final ScuOptions door;
    private final double studiesPerSecond;

    /** @param studiesPerSecond 0 for as fast as the door answers */
    PacedSender(ScuOptions door, double studiesPerSecond) {
        this.door = door;
        this.studiesPerSecond = studiesPerSecond;
    }

    /** @return one outcome a file; the clock starts with the first file, a late answer delays none after it */
    List<StoreOutcome> send(List<Path> files) throws IOException, InterruptedException {
        FileSender sender = new FileSender(door);
        List<StoreOutcome> outcomes = new ArrayList<>();
        long start = System.nanoTime();
        for (Path file : files) {
            if (studiesPerSecond > 0) {
                long due = start + (long) (outcomes.size() * 1e9 / studiesPerSecond);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            }
            outcomes.addAll(sender.send(List.of(file), progress -> { }));
            report(outcomes, files.size(), start);
        }
        return outcomes;
    }

    private static void report(List<StoreOutcome> outcomes, int all, long start) {
        StoreOutcome last = outcomes.get(outcomes.size() - 1);
        double rate = outcomes.size() / Math.max(1e-3, (System.nanoTime() - start) / 1e9);
        if (!last.stored() || outcomes.size() == all || outcomes.size() % 10 == 0) {
            System.out.printf("sent %4d/%d  %5.1f a second  %4.0f s left  %s  %s%n",
                    outcomes.size(), all, rate, (all - outcomes.size()) / rate, last.file().getFileName(), last.sentence());
        }
    }
}
