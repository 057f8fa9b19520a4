package io.hilum.benchmarks;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.DynamicBatcher;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.Architecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast an engine scores on this machine, with and without heat maps, and what the batcher costs. */
@Command(name = "inference", description = "Images a second of the engine, with and without heat maps, and of the batcher.")
final class InferenceBench implements Callable<Integer> {

    private static final int MAPS = 3;
    private static final int BATCH = 8;
    /** Two batches would do, were a thread never late. */
    private static final int IN_FLIGHT = 4 * BATCH;
    /** Engine and batcher take turns this often, so that a machine that changes its pace changes both. */
    private static final int ROUNDS = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bundle", paramLabel = "DIR", description = "A bundle; otherwise a network of full size with random weights.")
    private Path bundle;

    @Option(names = "--architecture", defaultValue = "eva-x-ti",
            description = "Without --bundle: eva-x-ti, eva-x-s or eva-x-b (default: ${DEFAULT-VALUE}).")
    private String architecture;

    @Option(names = "--threads", description = "Threads of the engine (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seconds", defaultValue = "5", description = "How long each row is measured (default: ${DEFAULT-VALUE}).")
    private double seconds;

    /** @param millis of one call: median */
    private record Row(String name, int batch, int maps, double imagesPerSecond, double millis) {}

    @Override
    public Integer call() throws Exception {
        try (InferenceEngine engine = open()) {
            List<Row> rows = new ArrayList<>();
            rows.add(loop(engine, 1, 0, seconds));
            rows.add(loop(engine, 1, MAPS, seconds));
            rows.add(loop(engine, BATCH, 0, seconds));
            List<Row> alone = new ArrayList<>();
            List<Row> batched = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                alone.add(loop(engine, BATCH, MAPS, seconds / ROUNDS));
                batched.add(batched(engine, seconds / ROUNDS));
            }
            rows.add(median(alone));
            rows.add(median(batched));
            double overhead = 1 - median(IntStream.range(0, ROUNDS)
                    .mapToDouble(i -> batched.get(i).imagesPerSecond() / alone.get(i).imagesPerSecond()));
            print(engine, rows, overhead);
        }
        return 0;
    }

    private static Row median(List<Row> rounds) {
        Row first = rounds.get(0);
        return new Row(first.name(), first.batch(), first.maps(), median(rounds.stream().mapToDouble(Row::imagesPerSecond)),
                median(rounds.stream().mapToDouble(Row::millis)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private InferenceEngine open() throws BundleRefusedException {
        EngineOptions options = new EngineOptions(threads);
        return bundle == null ? BenchModel.open(Architecture.of(architecture), options) : EngineFactory.load(bundle, options);
    }

    private static Row loop(InferenceEngine engine, int batch, int maps, double seconds) {
        List<InferenceRequest> requests = requests(engine, batch, maps);
        engine.infer(requests);
        List<Double> times = new ArrayList<>();
        long started = System.nanoTime();
        while (since(started) < seconds || times.isEmpty()) {
            long begun = System.nanoTime();
            engine.infer(requests);
            times.add(since(begun) * 1e3);
        }
        double rate = times.size() * batch / since(started);
        return new Row("engine", batch, maps, rate, median(times.stream().mapToDouble(Double::doubleValue)));
    }

    /**
     * One submitting thread that keeps the queue full: the most that the batcher can carry. Whole batches, and all that was
     * submitted counts up to the last result: a batch that is cut off by the end would look like a cost of the batcher.
     */
    private static Row batched(InferenceEngine engine, double seconds) throws InterruptedException, ExecutionException {
        BatcherOptions options = new BatcherOptions(BATCH, Duration.ofMillis(2), IN_FLIGHT, 64L << 20, 0.25, 1);
        List<InferenceRequest> requests = requests(engine, BATCH, MAPS);
        Deque<CompletableFuture<InferenceResult>> inFlight = new ArrayDeque<>();
        List<Double> times = new ArrayList<>();
        try (DynamicBatcher batcher = new DynamicBatcher(engine, options)) {
            int submitted = 0;
            long started = System.nanoTime();
            while (since(started) < seconds || submitted % BATCH != 0) {
                inFlight.add(batcher.submit(requests.get(submitted % BATCH)));
                submitted++;
                if (inFlight.size() == IN_FLIGHT) {
                    times.add(millis(inFlight.remove()));
                }
            }
            while (!inFlight.isEmpty()) {
                times.add(millis(inFlight.remove()));
            }
            double rate = submitted / since(started);
            return new Row("batcher", BATCH, MAPS, rate, median(times.stream().mapToDouble(Double::doubleValue)));
        }
    }

    private static double millis(CompletableFuture<InferenceResult> image) throws InterruptedException, ExecutionException {
        return image.get().times().computeNanos() / 1e6;
    }

    private static List<InferenceRequest> requests(InferenceEngine engine, int count, int maps) {
        int pixels = engine.card().inputSize() * engine.card().inputSize();
        List<InferenceRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] noise = new byte[pixels];
            new Random(i).nextBytes(noise);
            requests.add(InferenceRequest.withMaps(noise, maps, false));
        }
        return requests;
    }

    private void print(InferenceEngine engine, List<Row> rows, double overhead) {
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s %s, %s, %d threads of %d cores%n%n", engine.card().architecture().id(),
                engine.card().version(), engine.identity().engine(), threads, Runtime.getRuntime().availableProcessors());
        out.printf("%-8s %6s %6s %10s %12s%n", "", "batch", "maps", "images/s", "ms a batch");
        rows.forEach(row -> out.printf(Locale.ROOT, "%-8s %6d %6d %10.1f %12.1f%n",
                row.name(), row.batch(), row.maps(), row.imagesPerSecond(), row.millis()));
        out.printf(Locale.ROOT, "%nThe batcher costs %.1f %% of the engine's images/s.%n", 100 * overhead);
        String json = rows.stream().map(row -> String.format(Locale.ROOT,
                "{\"of\":\"%s\",\"batch\":%d,\"maps\":%d,\"images_per_s\":%.1f,\"median_ms\":%.1f}",
                row.name(), row.batch(), row.maps(), row.imagesPerSecond(), row.millis())).reduce((a, b) -> a + "," + b).orElse("");
        out.printf(Locale.ROOT, "{\"bench\":\"inference\",\"architecture\":\"%s\",\"engine\":\"%s\",\"threads\":%d,"
                        + "\"batcher_overhead\":%.3f,\"rows\":[%s]}%n",
                engine.card().architecture().id(), engine.identity().engine(), threads, overhead, json);
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
