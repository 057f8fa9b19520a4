package io.hilum.benchmarks.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Gives made-up figures and lets time pass on a clock of its own; fails where asked to. */
final class FakeSide implements GpuSide {
    final List<Job> done = new ArrayList<>();
    private final AtomicLong nanos;
    private final double seconds;
    private final double rate;

    /**
     * @param seconds that a job takes
     * @param rate images a second without maps; maps cost a quarter more
     */
    FakeSide(AtomicLong nanos, double seconds, double rate) {
        this.nanos = nanos;
        this.seconds = seconds;
        this.rate = rate;
    }

    @Override
    public Map<String, String> versions() {
        return Map.of("torch", "fake");
    }

    @Override
    public Measured measure(Job job, Deadline deadline) throws IOException {
        nanos.addAndGet((long) (seconds * 1e9));
        done.add(job);
        float[][] logits = job.model().reference().logits();
        float[][][] raw = job.maps() == 0 ? null : job.model().reference().raw();
        double now = job.maps() == 0 ? rate : rate / 1.25;
        List<Speed> speeds = job.batches().stream().map(batch -> new Speed(batch, now * (batch == 1 ? 0.1 : 1), 1, 2)).toList();
        Map<Integer, Double> bare = job.batches().contains(64) ? Map.of(64, rate / 0.95) : Map.of();
        return new Measured(new Computed(logits, raw), speeds, bare, List.of());
    }
}
