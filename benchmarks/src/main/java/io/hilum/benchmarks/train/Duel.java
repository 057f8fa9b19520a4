package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Quartiles;
import io.hilum.benchmarks.train.Side.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds of both sides in turn. A machine gets faster and slower by the minute; two rounds side by side hardly. So each
 * pair gives one ratio, and who begins changes from pair to pair.
 */
final class Duel {
    private final Side ours;
    private final Side theirs;
    private final int pairs;
    private final double seconds;

    /**
     * @param pairs how many
     * @param seconds about what one round of either side shall take
     */
    Duel(Side ours, Side theirs, int pairs, double seconds) {
        this.ours = ours;
        this.theirs = theirs;
        this.pairs = pairs;
        this.seconds = seconds;
    }

    /**
     * @param ratio ours by theirs, images a second by the clock; above 1 is faster
     * @param cpuRatio the same by processor time, which other work on the machine disturbs less
     */
    record Result(Work work, int batch, Quartiles ours, Quartiles theirs, Quartiles ratio, Quartiles cpuRatio) {}

    /**
     * The largest difference between what the sides compute of the same weights and images.
     *
     * @throws IOException when it is not the same network or the same training
     */
    double agree(double tolerance) throws IOException {
        Side.Check a = ours.check();
        Side.Check b = theirs.check();
        double logits = difference(a.logits(), b.logits());
        double losses = difference(a.losses(), b.losses());
        if (!(logits <= tolerance && losses <= tolerance)) {
            throw new IOException("The two sides do not compute the same: logits differ by %s, losses of three steps by %s.".formatted(logits, losses));
        }
        return Math.max(logits, losses);
    }

    private static double difference(List<Double> a, List<Double> b) {
        if (a.size() != b.size() || a.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < a.size(); i++) {
            double d = Math.abs(a.get(i) - b.get(i));
            worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
        }
        return worst;
    }

    Result of(Work work, int batch) throws IOException {
        // The first calls compile, choose kernels and fill caches; only the third tells how long a call takes.
        int ourCalls = calls(ours, work, batch);
        int theirCalls = calls(theirs, work, batch);
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        List<Double> cpuRatio = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            boolean oursFirst = i % 2 == 0;
            Round first = oursFirst ? ours.round(work, batch, ourCalls) : theirs.round(work, batch, theirCalls);
            Round second = oursFirst ? theirs.round(work, batch, theirCalls) : ours.round(work, batch, ourCalls);
            Round a = oursFirst ? first : second;
            Round b = oursFirst ? second : first;
            our.add(a.imagesPerSecond());
            their.add(b.imagesPerSecond());
            ratio.add(a.imagesPerSecond() / b.imagesPerSecond());
            cpuRatio.add(a.imagesPerCpuSecond() / b.imagesPerCpuSecond());
        }
        return new Result(work, batch, Quartiles.of(our), Quartiles.of(their), Quartiles.of(ratio), Quartiles.of(cpuRatio));
    }

    private int calls(Side side, Work work, int batch) throws IOException {
        side.round(work, batch, 2);
        double each = side.round(work, batch, 1).seconds();
        return (int) Math.max(2, Math.min(100, Math.round(seconds / each)));
    }
}
