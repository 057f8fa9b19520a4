package io.hilum.benchmarks.stream;

import io.hilum.benchmarks.inference.EngineLoop;
import io.hilum.benchmarks.inference.SpeedModel;
import io.hilum.benchmarks.peer.Alternation;
import io.hilum.benchmarks.peer.Figures;
import io.hilum.benchmarks.peer.Machine;
import io.hilum.benchmarks.peer.Quartiles;
import io.hilum.benchmarks.stream.StreamOptions.Pace;
import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.model.Architecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the stream must reach, measured: see the package. */
@Command(name = "stream", description = "The stream beside the engine alone and beside a plain transactional loop; what it adds to an "
        + "image's time; both against commit interval and batch. Some minutes; wants an idle machine.")
public final class StreamBench implements Callable<Integer> {

    private static final int CANVASES = 32;
    private static final int MAPS = 3;
    /** Of a processor, while a round lasts. */
    private static final double LITTLE_COMPILING = 0.03;
    private static final List<Integer> INTERVALS = List.of(50, 100, 200, 500, 1000);
    private static final List<Integer> BATCHES = List.of(1, 8, 32);

    /** What can be measured alone. */
    enum Part { ENGINE, NOOP, LATENCY, SWEEP }

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "PART",
            description = "Measure only: ${COMPLETION-CANDIDATES}. The line's other figures are null.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--engine-threads", defaultValue = "0", description = "Threads of one batch on both sides; 0 for all cores but one (default), for the stream wants some too.")
    private int engineThreads;

    @Option(names = "--stream-threads", defaultValue = "2", description = "Stream threads, and threads of the plain loop (default: ${DEFAULT-VALUE}).")
    private int streamThreads;

    @Option(names = "--commit-interval", defaultValue = "100", paramLabel = "MS", description = "Milliseconds (default: ${DEFAULT-VALUE}).")
    private int commitMillis;

    @Option(names = "--batch", defaultValue = "8", description = "Images a batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--pairs", defaultValue = "5", description = "Alternated rounds of each side (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "12", description = "About what a round with a real engine takes (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--noop-images", defaultValue = "15000", description = "Images of a round without an engine (default: ${DEFAULT-VALUE}).")
    private int noopImages;

    @Option(names = "--warm-ups", defaultValue = "5",
            description = "Rounds of each side without an engine that do not count, at most: they end when little is compiled any more (default: ${DEFAULT-VALUE}).")
    private int warmUps;

    /**
     * {@code engine_fraction}: images a second of the stream by the engine's own with ready batches; {@code noop_fraction}: the
     * same without an engine by a plain transactional loop; {@code added_*}: {@link Latency#added} at half load.
     */
    private final Figures figures = new Figures("stream", List.of("engine_fraction", "noop_fraction", "added_p50_ms", "added_p99_ms",
            "stream_images_per_s", "ready_images_per_s", "noop_images_per_s", "plain_images_per_s", "total_p50_ms", "total_p99_ms"));
    private PrintWriter out;
    private Path work;
    private Films films;

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hilum.root", ".")).toAbsolutePath().normalize();
        out = spec.commandLine().getOut();
        work = root.resolve("target/bench-stream");
        Files.createDirectories(work);
        films = Films.draw(CANVASES);
        say("JDK %s, %s, %d processors, load %s; canvases of 512 x 624 pixels, %d bytes each; %d stream threads, commit every %d ms",
                Runtime.version(), Machine.processor(), Runtime.getRuntime().availableProcessors(), Machine.load(), films.meanBytes(),
                streamThreads, commitMillis);
        if (only.contains(Part.NOOP)) {
            noop();
        }
        int threads = engineThreads == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : engineThreads;
        try (InferenceEngine engine = SpeedModel.draw(Architecture.EVA_X_TI).open(new EngineOptions(threads))) {
            EngineLoop ready = EngineLoop.of(engine, films.inputs(engine.card().geometry(), engine.card().inputSize()), batch, MAPS);
            if (only.contains(Part.ENGINE)) {
                engine(engine, ready);
            }
            if (only.contains(Part.LATENCY)) {
                latency(engine, ready);
            }
            if (only.contains(Part.SWEEP)) {
                sweep(engine);
            }
        }
        say("%s", figures.json());
        return 0;
    }

    private StreamOptions options() {
        return options(Pace.SLOW);
    }

    private StreamOptions options(Pace pace) {
        return new StreamOptions(streamThreads, commitMillis, batch, pace);
    }

    private void noop() throws IOException, InterruptedException {
        byte[] result = sampleResult();
        Alternation.Rate stream = any -> {
            try (NoEngine scorer = new NoEngine(batcher(batch))) {
                return backlog(noopImages, house -> new StreamSide(house, scorer, options(Pace.FAST)));
            }
        };
        Alternation.Rate plain = any -> backlog(noopImages, house -> new PlainLoop(
                options(Pace.FAST).streams(house.bootstrap(), house.state()), result));
        warmUp(stream, plain);
        Alternation pair = Alternation.of(stream, plain, pairs, seconds);
        row("stream without an engine by a plain loop, images/s", pair);
        figures.put("noop_fraction", pair.ratio().median());
        figures.put("noop_images_per_s", pair.ours().median());
        figures.put("plain_images_per_s", pair.theirs().median());
    }

    /** At two thousand images a second compiling takes a quarter of two processors for the first half minute. */
    private void warmUp(Alternation.Rate stream, Alternation.Rate plain) throws IOException {
        boolean cold = true;
        for (int round = 0; cold && round < warmUps; round++) {
            long began = System.nanoTime();
            long compiling = compilingMillis();
            double streamRate = stream.measure(seconds);
            double plainRate = plain.measure(seconds);
            double share = (compilingMillis() - compiling) * 1e6 / (System.nanoTime() - began);
            say("to warm up: stream %.0f images/s, plain loop %.0f; compiling took %.1f %% of a processor", streamRate, plainRate, 100 * share);
            cold = share > LITTLE_COMPILING;
        }
        if (cold && warmUps > 0) {
            say("much is still compiled after %d rounds: the stream, which has more code, is measured too slow", warmUps);
        }
    }

    private static long compilingMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private void engine(InferenceEngine engine, EngineLoop ready) throws IOException {
        int images = (int) (seconds * ready.measure(seconds / 3));
        // What is compiled meanwhile takes its time from the engine, too.
        throughput(engine, options(), images);
        List<Double> busy = new ArrayList<>();
        Alternation pair = Alternation.of(any -> throughput(engine, options(), images, busy::add), ready, pairs, seconds);
        row("stream by the engine with ready batches, images/s, %d a batch".formatted(batch), pair);
        say("the stream's engine computed in %.0f %% of the time; what else is missing, it was slower beside the stream",
                100 * Quartiles.of(busy).median());
        figures.put("engine_fraction", pair.ratio().median());
        figures.put("stream_images_per_s", pair.ours().median());
        figures.put("ready_images_per_s", pair.theirs().median());
    }

    private void latency(InferenceEngine engine, EngineLoop ready) throws IOException {
        double rate = 0.5 * throughput(engine, options(), (int) (seconds * ready.measure(seconds / 3)));
        // Some thousand images: the p99 of fewer is a matter of luck.
        Latency latency = latency(engine, options(), rate, 10 * seconds);
        say("%.1f images/s at random moments: p50 %.1f ms, p99 %.1f ms; beyond batch, compute and commit interval p50 %.1f ms, p99 %.1f ms",
                rate, Latency.quantile(latency.total(), 0.5), Latency.quantile(latency.total(), 0.99),
                Latency.quantile(latency.added(), 0.5), Latency.quantile(latency.added(), 0.99));
        say("of that before the computation p50 %.1f ms, p99 %.1f ms; after it p50 %.1f ms, p99 %.1f ms",
                Latency.quantile(latency.before(), 0.5), Latency.quantile(latency.before(), 0.99),
                Latency.quantile(latency.after(), 0.5), Latency.quantile(latency.after(), 0.99));
        figures.put("added_p50_ms", Latency.quantile(latency.added(), 0.5));
        figures.put("added_p99_ms", Latency.quantile(latency.added(), 0.99));
        figures.put("total_p50_ms", Latency.quantile(latency.total(), 0.5));
        figures.put("total_p99_ms", Latency.quantile(latency.total(), 0.99));
    }

    private void sweep(InferenceEngine engine) throws IOException {
        List<Sweep.Point> points = new ArrayList<>();
        for (int size : BATCHES) {
            for (int interval : INTERVALS) {
                StreamOptions options = new StreamOptions(streamThreads, interval, size, Pace.SLOW);
                double rate = throughput(engine, options, (int) (seconds * 30));
                double p50 = latency(engine, options, rate / 2, seconds).quartiles().median();
                points.add(new Sweep.Point(size, interval, rate, p50));
                say("batch %2d, commit every %4d ms: %.1f images/s; at half of it p50 %.1f ms", size, interval, rate, p50);
            }
        }
        Path drawn = new Sweep(points).draw(work);
        say("drawn: %s", drawn);
    }

    private double throughput(InferenceEngine engine, StreamOptions options, int images) throws IOException {
        return throughput(engine, options, images, share -> { });
    }

    /** @param busy gets the share of the time that the engine computed */
    private double throughput(InferenceEngine engine, StreamOptions options, int images, DoubleConsumer busy) throws IOException {
        try (RealScorer scorer = new RealScorer(engine, batcher(options.batch()), MAPS)) {
            double rate = backlog(images, house -> new StreamSide(house, scorer.scorer(), options));
            busy.accept(scorer.busy().share());
            return rate;
        }
    }

    private Latency latency(InferenceEngine engine, StreamOptions options, double rate, double lasting) throws IOException {
        try (House house = open(); RealScorer scorer = new RealScorer(engine, batcher(options.batch()), MAPS)) {
            return Latency.measure(house, films, scorer, options, rate, lasting);
        }
    }

    /** What reads images and writes results. */
    private interface Side {
        AutoCloseable start(House house) throws IOException;
    }

    /** All images stand on the topic before the side begins. */
    private double backlog(int images, Side side) throws IOException {
        try (House house = open()) {
            house.fill(films, images);
            try (Watch watch = new Watch(house.bootstrap()); AutoCloseable started = side.start(house)) {
                return watch.rate(images);
            }
        } catch (IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("The stream did not stop: " + failed.getMessage(), failed);
        }
    }

    /** A record of the results topic as it is without an engine, so that both loops write as much. */
    private byte[] sampleResult() throws IOException {
        try (House house = open(); NoEngine scorer = new NoEngine(batcher(batch))) {
            house.fill(films, 2);
            try (StreamSide stream = new StreamSide(house, scorer, options(Pace.FAST)); Watch watch = new Watch(house.bootstrap())) {
                List<byte[]> results = new ArrayList<>();
                watch.await(2, (value, seen) -> results.add(value));
                // The two images of one study: the first revision holds one, the second both.
                return results.get(1);
            }
        }
    }

    private House open() throws IOException {
        try {
            return House.open(work);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
    }

    private static BatcherOptions batcher(int size) {
        return new BatcherOptions(size, Duration.ofMillis(2), Math.max(512, 16 * size), 256L << 20, 0.25, 1);
    }

    private void row(String what, Alternation pair) {
        say("%-68s %-24s by %-24s ratio %s", what, pair.ours(), pair.theirs(), pair.ratio());
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
