package io.hilum.trainer.films;

import java.io.PrintStream;
import java.util.Locale;

/** Says every few seconds how many films were read, how fast, and how long it will still take. Any thread. */
final class DecodeProgress {
    private static final long PAUSE = 5_000_000_000L;

    private final PrintStream log;
    private final int all;
    private final long began = System.nanoTime();
    private long said = began;
    private int done;
    private int read;

    DecodeProgress(PrintStream log, int all) {
        this.log = log;
        this.all = all;
    }

    /** @param kept the film was read by an earlier call: it says nothing about the rate */
    synchronized void film(boolean kept) {
        done++;
        read += kept ? 0 : 1;
        long now = System.nanoTime();
        if (now - said >= PAUSE || done == all) {
            said = now;
            double rate = read / Math.max(1e-3, (now - began) / 1e9);
            long left = Math.round((all - done) / Math.max(1e-3, rate));
            log.printf(Locale.ROOT, "Read %d of %d films%s, %.0f a second, %d:%02d to go.%n", done, all,
                done > read ? " (" + (done - read) + " from before)" : "", rate, left / 60, left % 60);
        }
    }
}
