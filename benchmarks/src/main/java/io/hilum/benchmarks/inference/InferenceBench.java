package io.hilum.benchmarks.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.hilum.benchmarks.peer.Alternation;
import io.hilum.benchmarks.peer.Figures;
import io.hilum.benchmarks.peer.Machine;
import io.hilum.benchmarks.peer.PeerOptions;
import io.hilum.benchmarks.peer.Python;
import io.hilum.benchmarks.peer.PythonPeer;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.WorkFolder;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.proof.GoldenCheck;
import io.hilum.exporter.quantise.Int8;
import io.hilum.exporter.quantise.LabelledFilms;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.GoldenProof;
import io.hilum.model.bundle.Proof.QuantisationProof;
import io.hilum.model.bundle.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What engines and batcher must reach, measured: see the package. */
@Command(name = "inference", description = "The engine beside the trainer, Python's PyTorch and the machine's own limit; int8; what heat maps "
        + "and the batcher cost; the door's shift. Some minutes; wants an idle machine.")
public final class InferenceBench implements Callable<Integer> {

    private static final int BATCH = 8;
    /** Forward pass of EVA-X-Ti at 224 pixels. */
    private static final double GFLOP = 2.51;
    /** Between two builds of the same network in fp32. */
    private static final double AGREEMENT = 4e-5;
    private static final int PARITY_FILMS = 256;
    private static final double LOAD = 0.7;

    /** What can be measured alone. */
    enum Part { PARITY, SPEED, MAPS, INT8, BATCHER, DOOR }

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "PART",
            description = "Measure only: ${COMPLETION-CANDIDATES}. The line's other figures are null.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Mixin
    private PeerOptions options;

    @Option(names = "--films", defaultValue = "1000", description = "Held-out films that judge int8 (default: ${DEFAULT-VALUE}); the rule asks for 1,000.")
    private int films;

    /**
     * {@code logits_max_abs} and {@code cam_max_rel}: engine against trainer; {@code ort_vs_torch}: images a second by Python
     * PyTorch's; {@code sgemm_fraction}: images a second by what the rate of a large matrix product would allow;
     * {@code int8_vs_fp32}: images a second; {@code int8_auc_drop_upper}: upper 95 % bound of the drop of the mean AUC;
     * {@code cam3_cost}: seconds with three maps by seconds without; {@code cam14_vs_autograd}: images a second with fourteen
     * maps by autograd's; {@code batcher_overhead}: share of the engine's images a second that is lost.
     */
    private final Figures figures = new Figures("inference", List.of("logits_max_abs", "cam_max_rel", "ort_vs_torch", "sgemm_fraction",
            "int8_vs_fp32", "int8_auc_drop_upper", "cam3_cost", "cam14_vs_autograd", "batcher_overhead", "golden_logits_max_abs",
            "golden_cam_max_rel", "int8_flips", "cam14_vs_one_forward", "second_pass_rate", "queue_p99_ms", "queue_bound_ms",
            "door_dp_median", "door_dp_max"));
    private Path root;
    private PrintWriter out;
    private DemoModel demo;

    @Override
    public Integer call() throws Exception {
        root = Path.of(System.getProperty("hilum.root", ".")).toAbsolutePath().normalize();
        out = spec.commandLine().getOut();
        Path work = root.resolve("target/bench-inference");
        Files.createDirectories(work);
        demo = DemoModel.open(root, work);
        say("onnxruntime %s, JDK %s, %s, %d threads of %d processors, load %s", OrtEnvironment.getEnvironment().getVersion(),
                Runtime.version(), Machine.processor(), options.threads(), Runtime.getRuntime().availableProcessors(), Machine.load());
        try (InferenceEngine learned = EngineFactory.openUnproven(demo.fp32(), demo.card(), new EngineOptions(options.threads()))) {
            if (only.contains(Part.PARITY)) {
                parity(learned);
            }
            if (only.contains(Part.DOOR)) {
                door(learned);
            }
            if (only.contains(Part.INT8)) {
                int8(learned);
            }
        }
        SpeedModel model = SpeedModel.draw(Architecture.EVA_X_TI);
        try (InferenceEngine engine = model.open(new EngineOptions(options.threads()))) {
            if (only.contains(Part.SPEED) || only.contains(Part.MAPS)) {
                speed(engine, model, work);
            }
            if (only.contains(Part.BATCHER)) {
                batcher(engine, model);
            }
        }
        say("%s", figures.json());
        return 0;
    }

    private void parity(InferenceEngine engine) throws ExportException, IOException {
        Parity parity = Parity.measure(engine, demo, demo.heldOut(PARITY_FILMS), options.threads());
        say("engine against trainer, %d films: logits differ by at most %.2g, raw maps by %.2g of their maximum", parity.films(),
                parity.logits(), parity.maps());
        figures.put("logits_max_abs", parity.logits());
        figures.put("cam_max_rel", parity.maps());
        Path golden = options.shared(root).resolve("golden");
        if (Files.isDirectory(golden)) {
            GoldenProof proof = new GoldenCheck(golden).run();
            say("graphs against the reference: logits differ by at most %.2g, raw maps by %.2g of their maximum, final maps by %.2g",
                    proof.logits(), proof.rawMaps(), proof.finalMaps());
            figures.put("golden_logits_max_abs", proof.logits());
            figures.put("golden_cam_max_rel", proof.rawMaps());
        } else {
            say("NOT MEASURED: there are no reference values at %s.", golden);
        }
    }

    private void door(InferenceEngine engine) throws IOException {
        Path data = options.shared(root).resolve("data");
        if (!Files.isDirectory(data.resolve("dicom"))) {
            say("NOT MEASURED: there are no DICOM files at %s.", data);
            return;
        }
        DoorShift shift = DoorShift.measure(engine, demo, data, options.threads());
        say("preprocessing shift, %d DICOM files against their PNGs: median |dp| %.2g (at most %.2g), maximum %.2g (%.2g)",
                shift.files() - shift.refused().size(), shift.median(), DoorShift.MEDIAN, shift.maximum(), DoorShift.MAXIMUM);
        shift.refused().forEach(file -> say("  not decoded: %s", file));
        figures.put("door_dp_median", shift.median());
        figures.put("door_dp_max", shift.maximum());
    }

    private void int8(InferenceEngine fp32) throws ExportException, BundleRefusedException, IOException {
        LabelledFilms heldOut = demo.heldOut(films);
        try (WorkFolder work = WorkFolder.in(demo.work())) {
            Int8 int8 = Int8.write(demo.card(), demo.weights(), demo.training(PARITY_FILMS),
                    new NetworkForm(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.NONE),
                    new NetworkForm(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.ANY), work);
            int8(fp32, work.pair(Precision.INT8, int8.scores(), int8.maps()), heldOut);
        }
    }

    private void int8(InferenceEngine fp32, RuntimeNetworks int8, LabelledFilms heldOut) throws ExportException, BundleRefusedException, IOException {
        QuantisationProof proof = Int8.compare(demo.fp32(), int8, demo.card(), heldOut, (done, of) -> { });
        say("int8 on %d held-out films: mean AUC %.4f in fp32, drops by %.3f points (upper 95 %% bound %.3f), most %s by %.3f; %.2f %% of decisions flip",
                proof.films(), proof.auc(), 100 * proof.drop(), 100 * proof.dropUpper(), proof.worstLabel(), 100 * proof.worstDrop(),
                100 * proof.flips());
        figures.put("int8_auc_drop_upper", proof.dropUpper());
        figures.put("int8_flips", proof.flips());
        SecondPasses second = SecondPasses.measure(fp32, heldOut, 3);
        say("more than 3 positive labels, so a second pass for their maps: %d of %d films", second.again(), second.films());
        figures.put("second_pass_rate", second.rate());
        try (InferenceEngine rounded = EngineFactory.openUnproven(int8, demo.card(), new EngineOptions(options.threads()))) {
            List<byte[]> batch = IntStream.range(0, BATCH).mapToObj(heldOut::film).toList();
            Alternation pair = Alternation.of(EngineLoop.of(rounded, batch, BATCH, 0), EngineLoop.of(fp32, batch, BATCH, 0), options.pairs(), options.roundSeconds());
            row("int8 by fp32, images/s, batch 8", pair);
            figures.put("int8_vs_fp32", pair.ratio().median());
        }
    }

    private void speed(InferenceEngine engine, SpeedModel model, Path work) throws IOException, OrtException {
        EngineLoop plain = EngineLoop.of(engine, model.films(), BATCH, 0);
        if (only.contains(Part.SPEED)) {
            try (MatrixLimit limit = new MatrixLimit(options.threads(), GFLOP)) {
                Alternation pair = Alternation.of(plain, limit, options.pairs(), options.roundSeconds());
                row("engine by the limit of matrix products (%.0f GFLOP/s), images/s".formatted(pair.theirs().median() * GFLOP), pair);
                figures.put("sgemm_fraction", pair.ratio().median());
            }
        }
        if (only.contains(Part.MAPS)) {
            Alternation three = Alternation.of(plain, EngineLoop.of(engine, model.films(), BATCH, 3), options.pairs(), options.roundSeconds());
            row("without maps by with 3, images/s, batch 8", three);
            figures.put("cam3_cost", three.ratio().median());
        }
        if (!Python.hasTorch(options.python())) {
            say("NOT MEASURED: %s has no PyTorch (Debian: apt-get install python3-torch libopenblas0-pthread; --python FILE).", options.python());
            return;
        }
        Path file = work.resolve("peer.safetensors");
        model.peer().write(file);
        String script = root.resolve("benchmarks/python/eva_x_peer.py").toString();
        try (PythonPeer peer = new PythonPeer(List.of(options.python(), script, file.toString(), "--threads", Integer.toString(options.threads())), options.threads())) {
            say("PyTorch %s, %.0f GFLOP/s in a matrix product; same weights: logits differ by at most %.2g, raw maps by %.2g of their maximum",
                    peer.version(), sgemm(peer), PeerAgreement.logits(engine, model, peer, AGREEMENT), PeerAgreement.maps(engine, model, peer));
            if (only.contains(Part.SPEED)) {
                Alternation pair = Alternation.of(plain, PeerLoop.forward(peer, BATCH), options.pairs(), options.roundSeconds());
                row("engine by PyTorch eager, images/s, batch 8", pair);
                figures.put("ort_vs_torch", pair.ratio().median());
            }
            if (only.contains(Part.MAPS)) {
                EngineLoop all = EngineLoop.of(engine, model.films(), BATCH, SpeedModel.LABELS);
                Alternation field = Alternation.of(all, PeerLoop.maps(peer, "cam", BATCH, SpeedModel.LABELS), Math.min(3, options.pairs()), options.roundSeconds());
                row("14 maps: engine by pytorch-grad-cam's way, images/s, batch 8", field);
                figures.put("cam14_vs_autograd", field.ratio().median());
                Alternation once = Alternation.of(all, PeerLoop.maps(peer, "cam_once", BATCH, SpeedModel.LABELS), Math.min(3, options.pairs()), options.roundSeconds());
                row("14 maps: engine by autograd of the last block only, one forward pass", once);
                figures.put("cam14_vs_one_forward", once.ratio().median());
            }
        }
    }

    private static double sgemm(PythonPeer peer) throws IOException {
        return new PeerLoop(peer, calls -> "sgemm %d %d".formatted(MatrixLimit.SIDE, calls), MatrixLimit.GFLOP).measure(1);
    }

    private void batcher(InferenceEngine engine, SpeedModel model) throws IOException {
        EngineLoop ready = EngineLoop.of(engine, model.films(), BATCH, 3);
        List<InferenceRequest> images = ready.batch();
        BatcherLoad batched = new BatcherLoad(engine, images, BATCH);
        // What is asked for is a few per cent, which takes more rounds to see.
        Alternation pair = Alternation.of(batched, ready, 2 * options.pairs(), options.roundSeconds());
        row("batcher by ready batches, images/s, batch 8, 3 maps", pair);
        figures.put("batcher_overhead", 1 - pair.ratio().median());
        BatcherLoad.Queueing queueing = new BatcherLoad(engine, EngineLoop.of(engine, model.films(), 2 * BATCH, 3).batch(), 2 * BATCH).queueing(LOAD * pair.theirs().median(), 10 * options.roundSeconds());
        say("at 70 %% load (%.1f images/s at random moments, at most 16 a batch): %.1f ms in the queue (p50), %.1f ms (p99), bound %d + %.1f ms%s", queueing.rate(),
                queueing.p50Millis(), queueing.p99Millis(), BatcherLoad.MAX_DELAY.toMillis(), queueing.batchMillis(),
                queueing.holds() ? "" : ": NOT HELD");
        figures.put("queue_p99_ms", queueing.p99Millis());
        figures.put("queue_bound_ms", BatcherLoad.MAX_DELAY.toMillis() + queueing.batchMillis());
    }

    private void row(String what, Alternation pair) {
        say("%-68s %-24s by %-24s ratio %s", what, pair.ours(), pair.theirs(), pair.ratio());
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
