package io.hilum.benchmarks.gpu;

import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.bundle.SelfTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hilum's side: whatever engines an {@link EngineOpener} makes. The latest engine stays open, since opening one takes
 * seconds and jobs of the same one follow each other; it computes nothing meanwhile.
 */
final class EngineSide implements GpuSide {
    private static final int CHECK_BATCH = 8;

    private final EngineOpener opener;
    private final double seconds;
    private final int maxBatch;
    private String openedFor = "";
    private EngineOpener.Opened opened;

    /**
     * @param seconds a batch size is timed about that long
     * @param maxBatch what all plans are built for, so that one serves all jobs
     */
    EngineSide(EngineOpener opener, double seconds, int maxBatch) {
        this.opener = opener;
        this.seconds = seconds;
        this.maxBatch = maxBatch;
    }

    @Override
    public Map<String, String> versions() {
        return opener.versions();
    }

    @Override
    public Measured measure(Job job, Deadline deadline) throws IOException {
        SelfTest reference = job.model().reference();
        try {
            open(job, deadline);
            Computed computed = compute(opened.engine(), reference, job.maps());
            List<Speed> speeds = new ArrayList<>();
            Map<Integer, Double> bare = new LinkedHashMap<>();
            List<String> remarks = new ArrayList<>();
            if (!Accuracy.of(job.model().card(), reference, computed).credible(job.precision())) {
                remarks.add("It computes another network than the reference, so it was not timed.");
                return new Measured(computed, speeds, bare, remarks);
            }
            try {
                for (int batch : job.batches()) {
                    if (deadline.left() < 2 * seconds) {
                        remarks.add("No time was left for batches of " + batch + " and what follows.");
                        break;
                    }
                    speeds.add(EngineLoop.time(opened.engine(), reference, batch, job.maps(), seconds));
                    if (opened.bare() != null) {
                        bare.put(batch, opened.bare().imagesPerSecond(batch, job.maps(), seconds / 2));
                    }
                }
            } catch (RuntimeException failed) {
                remarks.add("Timing it failed: " + failed.getMessage());
            }
            return new Measured(computed, speeds, bare, remarks);
        } catch (RuntimeException failed) {
            throw new IOException("The engine failed: " + failed.getMessage(), failed);
        }
    }

    private void open(Job job, Deadline deadline) throws IOException {
        String wanted = job.model().folder() + " " + job.precision();
        if (!wanted.equals(openedFor)) {
            close();
            opened = opener.open(job.model(), job.precision(), maxBatch, deadline);
            openedFor = wanted;
        }
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
        opened = null;
        openedFor = "";
    }

    private static Computed compute(InferenceEngine engine, SelfTest reference, int maps) {
        int count = reference.inputs().length;
        float[][] logits = new float[count][];
        float[][][] raw = maps == 0 ? null : new float[count][][];
        for (int from = 0; from < count; from += CHECK_BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + CHECK_BATCH, count); i++) {
                int[] labels = Arrays.copyOf(reference.classes()[i], Math.min(maps, reference.maps()));
                batch.add(new InferenceRequest(reference.inputs()[i], labels, false));
            }
            List<InferenceResult> results = engine.infer(batch);
            for (int i = 0; i < results.size(); i++) {
                logits[from + i] = results.get(i).logits();
                if (raw != null) {
                    raw[from + i] = results.get(i).heatMaps().stream().map(HeatMap::raw).toArray(float[][]::new);
                }
            }
        }
        return new Computed(logits, raw);
    }
}
