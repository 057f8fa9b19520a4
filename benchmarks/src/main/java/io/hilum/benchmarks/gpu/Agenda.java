package io.hilum.benchmarks.gpu;

import io.hilum.model.bundle.Precision;
import java.util.ArrayList;
import java.util.List;

/** What is measured, in the order of what would be missed most when the time ends early. */
final class Agenda {
    static final int MAPS = 3;
    static final int MAX_BATCH = 256;
    private static final List<Integer> MAIN = List.of(256, 64, 1);
    private static final List<Integer> OTHERS = List.of(128, 32, 16, 8, 4, 2);
    /** PyTorch compiles each batch size for itself, which takes up to a minute. */
    private static final List<Integer> OTHERS_OF_TORCH = List.of(128, 32, 8);

    private Agenda() {}

    static List<Job> of(List<GpuModel> models) {
        List<Job> jobs = new ArrayList<>();
        // The headline: throughput of both in bf16, with what the maps cost.
        for (GpuModel model : models) {
            jobs.add(new Job(Who.HILUM, model, Precision.BF16, 0, MAIN));
            jobs.add(new Job(Who.HILUM, model, Precision.BF16, MAPS, MAIN));
            jobs.add(new Job(Who.TORCH, model, Precision.BF16, 0, MAIN));
        }
        for (GpuModel model : models) {
            jobs.add(new Job(Who.HILUM, model, Precision.FP16, 0, MAIN));
            jobs.add(new Job(Who.HILUM, model, Precision.FP16, MAPS, List.of()));
        }
        // That the graph is right shows best where nothing is rounded.
        for (GpuModel model : models) {
            jobs.add(new Job(Who.HILUM, model, Precision.FP32, 0, List.of(64)));
            jobs.add(new Job(Who.HILUM, model, Precision.FP32, MAPS, List.of()));
            jobs.add(new Job(Who.TORCH, model, Precision.FP32, MAPS, List.of()));
        }
        for (GpuModel model : models) {
            jobs.add(new Job(Who.HILUM, model, Precision.BF16, 0, OTHERS));
            jobs.add(new Job(Who.TORCH, model, Precision.BF16, 0, OTHERS_OF_TORCH));
        }
        return jobs;
    }

    /** Enough to see every part work on a processor, in fp32 and small batches. */
    static List<Job> rehearsal(List<GpuModel> models) {
        List<Job> jobs = new ArrayList<>();
        for (GpuModel model : models) {
            jobs.add(new Job(Who.HILUM, model, Precision.FP32, 0, List.of(2, 1)));
            jobs.add(new Job(Who.HILUM, model, Precision.FP32, MAPS, List.of(2)));
            jobs.add(new Job(Who.TORCH, model, Precision.FP32, MAPS, List.of(2, 1)));
        }
        return jobs;
    }
}
