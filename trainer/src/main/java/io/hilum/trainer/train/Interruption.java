package io.hilum.trainer.train;

import io.hilum.trainer.net.ExitGate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a training save before Ctrl-C or a TERM ends the process: the process waits until this is closed, at most
 * five minutes.
 *
 * <p>Threads: the training's thread makes and closes it; the runtime's shutdown thread asks and waits.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExitGate.Finishing finishing;
    private final Thread hook;

    /** @param ask tells the training, from another thread, to save and end */
    public Interruption(Runnable ask) {
        this.hook = new Thread(() -> {
            ask.run();
            try {
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "save-before-end");
        Runtime.getRuntime().addShutdownHook(hook);
        this.finishing = ExitGate.finishing();
    }

    @Override
    public void close() {
        finishing.close();
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook has run.
        }
    }
}
