package io.hilum.trainer.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far a training is and when it will end. One thread. */
public final class Progress {
    private static final long EVERY_NANOS = 10_000_000_000L;
    /** Weight of the newest loss in the running mean. */
    private static final double NEWEST = 0.05;

    private final PrintStream out;
    private final long totalSteps;
    private final int batch;
    private final long startStep;
    private final long start = System.nanoTime();
    private long lastPrint = start;
    private double loss = Double.NaN;

    /**
     * @param startStep steps that an earlier run has finished
     * @param batch films a step
     */
    public Progress(PrintStream out, long totalSteps, long startStep, int batch) {
        this.out = out;
        this.totalSteps = totalSteps;
        this.startStep = startStep;
        this.batch = batch;
    }

    /** @param done finished steps of the whole training */
    public void step(long done, double epoch, double newLoss, double gradientNorm, double rate) {
        loss = Double.isNaN(loss) ? newLoss : loss + NEWEST * (newLoss - loss);
        long now = System.nanoTime();
        if (now - lastPrint < EVERY_NANOS && done != totalSteps) {
            return;
        }
        lastPrint = now;
        double seconds = (now - start) / 1e9;
        double stepsPerSecond = (done - startStep) / seconds;
        Duration left = Duration.ofSeconds((long) ((totalSteps - done) / Math.max(stepsPerSecond, 1e-9)));
        out.printf(Locale.ROOT, "epoch %.2f  step %d/%d  loss %.4f  gradient %.2f  lr %.2e  %.1f images/s  %d:%02d:%02d left%n",
            epoch, done, totalSteps, loss, gradientNorm, rate, stepsPerSecond * batch,
            left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
