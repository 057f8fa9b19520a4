package io.hilum.benchmarks.chaos.harness;

import java.util.Locale;

/** How far a run is, and for how long it may go on. Owned by one thread. */
final class Progress {

    private final long began = System.nanoTime();
    private final long images;
    private final int faults;

    /** @param faults 0 where only images are awaited */
    Progress(long images, int faults) {
        this.images = images;
        this.faults = faults;
    }

    String line(long sent, long merged, int done) {
        double seconds = (System.nanoTime() - began) / 1e9;
        double rate = sent / Math.max(1, seconds);
        double left = Math.max((images - sent) / Math.max(0.1, rate), done == 0 ? 0 : (faults - done) * seconds / done);
        return String.format(Locale.ROOT, "%4.0f s: %d of %d images sent, %d under way, %d of %d faults, about %.0f s left",
                seconds, sent, images, sent - merged, done, faults, Math.max(0, left));
    }
}
