package io.hilum.quickstart.command;

import java.io.PrintWriter;
import java.util.function.BiConsumer;

/** Tells now and then how far a long topic is read; of a short one it says nothing. Owned by one thread. */
final class Progress implements BiConsumer<Long, Long> {

    private static final long EVERY_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final long began = System.nanoTime();
    private long told = began;

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(Long done, Long all) {
        long now = System.nanoTime();
        if (now - told >= EVERY_NANOS && done < all) {
            told = now;
            long seconds = done == 0 ? 0 : (long) ((now - began) / 1e9 * (all - done) / done);
            out.printf("read %d of %d records, about %d s left%n", done, all, seconds);
            out.flush();
        }
    }
}
