package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import io.hilum.inference.NetworkOutputs;
import io.hilum.model.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A GPU that computes {@link FakeNetwork} on the caller's thread, keeps a record of what it is asked, and can be told to
 * fail. It refuses what a real one would crash on: use after closing, by two threads, or of a size that nobody prepared.
 */
final class FakeDevice implements Device {

    /** One run: K of its plan, and the size it was run in. */
    record Run(int maps, int bucket) {}

    final List<Run> runs = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger repeated = new AtomicInteger();
    final AtomicInteger openPlans = new AtomicInteger();
    final AtomicInteger openLanes = new AtomicInteger();
    final AtomicInteger lanesMade = new AtomicInteger();
    private final ModelCard card;
    /** Called before a run; may throw, may wait. */
    volatile BiConsumer<Run, Lane> mood = (run, lane) -> {};
    /** Called after a run; may spoil its outputs. */
    volatile BiConsumer<Run, Lane> aftermath = (run, lane) -> {};

    FakeDevice(ModelCard card) {
        this.card = card;
    }

    @Override
    public Plan load(Path file, PlanShape shape, Buckets buckets) {
        openPlans.incrementAndGet();
        return new Plan() {
            @Override
            public Lane openLane() {
                openLanes.incrementAndGet();
                lanesMade.incrementAndGet();
                return new FakeLane(shape, buckets);
            }

            @Override
            public void close() {
                openPlans.decrementAndGet();
            }
        };
    }

    private final class FakeLane implements Lane {

        private final FakeNetwork network = new FakeNetwork(card);
        private final PlanShape shape;
        private final Buckets buckets;
        private final ByteBuffer pixels;
        private final LongBuffer classes;
        private final NetworkOutputs outputs;
        private final AtomicInteger users = new AtomicInteger();
        private boolean closed;
        private boolean failed;

        FakeLane(PlanShape shape, Buckets buckets) {
            this.shape = shape;
            this.buckets = buckets;
            int most = buckets.largest();
            pixels = ByteBuffer.allocateDirect(most * shape.pixels());
            classes = LongBuffer.allocate(most * shape.maps());
            int maps = most * shape.maps();
            outputs = new NetworkOutputs(FloatBuffer.allocate(most * shape.labels()), LongBuffer.allocate(maps),
                    FloatBuffer.allocate(maps * shape.cells()), FloatBuffer.allocate(maps * shape.cells()), FloatBuffer.allocate(maps));
        }

        @Override
        public ByteBuffer pixels() {
            return pixels;
        }

        @Override
        public LongBuffer classes() {
            return classes;
        }

        @Override
        public void run(int bucket) {
            if (closed || failed || users.incrementAndGet() != 1 || !buckets.sizes().contains(bucket)) {
                throw new AssertionError("closed " + closed + ", failed " + failed + ", users " + users + ", bucket " + bucket);
            }
            try {
                Run run = new Run(shape.maps(), bucket);
                runs.add(run);
                mood.accept(run, this);
                for (int row = 0; row < buckets.largest(); row++) {
                    compute(row, row < bucket);
                }
                aftermath.accept(run, this);
            } catch (InferenceException broken) {
                failed = true;
                throw broken;
            } finally {
                users.decrementAndGet();
            }
        }

        @Override
        public void repeat(int bucket, int times) {
            if (closed || failed || users.get() != 0 || !buckets.sizes().contains(bucket)) {
                throw new AssertionError("closed " + closed + ", failed " + failed + ", users " + users + ", bucket " + bucket);
            }
            repeated.addAndGet(times);
        }

        /** Rows that were not asked for hold no numbers, so that whoever reads them fails. */
        private void compute(int row, boolean asked) {
            byte[] image = new byte[shape.pixels()];
            pixels.get(row * shape.pixels(), image);
            float[] logits = network.logits(image);
            for (int l = 0; l < shape.labels(); l++) {
                outputs.logits().put(row * shape.labels() + l, asked ? logits[l] : Float.NaN);
            }
            long[] wanted = new long[shape.maps()];
            classes.get(row * shape.maps(), wanted);
            int[] chosen = asked ? network.chosen(logits, wanted) : new int[shape.maps()];
            for (int k = 0; k < shape.maps(); k++) {
                int at = row * shape.maps() + k;
                float[] raw = network.raw(logits, chosen[k]);
                outputs.classes().put(at, asked ? chosen[k] : -99);
                outputs.maximum().put(at, asked ? raw[raw.length - 1] : Float.NaN);
                for (int c = 0; c < shape.cells(); c++) {
                    outputs.raw().put(at * shape.cells() + c, raw[c]);
                    outputs.scaled().put(at * shape.cells() + c, Math.max(0, raw[c]));
                }
            }
        }

        @Override
        public NetworkOutputs outputs() {
            return outputs;
        }

        @Override
        public void close() {
            if (closed || users.get() != 0) {
                throw new AssertionError("closed twice, or while it runs");
            }
            closed = true;
            openLanes.decrementAndGet();
        }
    }
}
