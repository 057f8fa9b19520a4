package io.hilum.exporter;

import io.hilum.exporter.onnx.Constant;
import io.hilum.exporter.onnx.EvaXGraph;
import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.proof.NetworkCheck;
import io.hilum.exporter.quantise.Int8;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.Closeness;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.Proof.QuantisationProof;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the network in every form that a bundle holds and proves each: fp32 for both targets exactly, half precisions by
 * rounding like a GPU, int8 by its own trial. Used once, by one thread.
 */
final class Forms {

    /** Heat maps of a form with a fixed number: more positive labels take a second pass. */
    private static final int FIXED_MAPS = 3;
    /** Half precisions are emulated, which is slow, and judged by shares, which this many films settle. */
    private static final int EMULATED_FILMS = 64;
    private static final String NO_BUNDLE = " No bundle was written; do weights and probe belong together?";

    private final ModelCard card;
    private final Map<String, Tensor> weights;
    private final SelfTest probe;
    private final ExportRequest request;
    private final ExportProgress progress;
    private final Map<NetworkForm, Network> networks = new LinkedHashMap<>();
    private final List<NetworkProof> proofs = new ArrayList<>();
    private final WorkFolder work;
    private final Map<String, Constant> constants = new HashMap<>();

    Forms(ModelCard card, Map<String, Tensor> weights, SelfTest probe, ExportRequest request, ExportProgress progress, WorkFolder work) {
        this.card = card;
        this.weights = weights;
        this.probe = probe;
        this.request = request;
        this.progress = progress;
        this.work = work;
    }

    Exported write() throws ExportException, IOException {
        // Sets that cannot judge are refused before minutes went into proofs.
        JudgingFilms judging = request.int8().isEmpty() ? null : JudgingFilms.open(request.int8().get(), card, request.model(), progress);
        RuntimeNetworks fp32 = exact(Target.ONNX_RUNTIME);
        if (request.gpu()) {
            exact(Target.TENSORRT);
            half(Precision.FP16);
            half(Precision.BF16);
        }
        QuantisationProof quantisation = judging == null ? null : int8(fp32, judging);
        return new Exported(networks, proofs, quantisation);
    }

    private RuntimeNetworks exact(Target target) throws ExportException, IOException {
        Network scores = keep(form(target, Precision.FP32, NetworkFile.NONE));
        Network maps = keep(form(target, Precision.FP32, NetworkFile.ANY));
        if (target == Target.TENSORRT) {
            keep(form(target, Precision.FP32, fixedMaps()));
        }
        RuntimeNetworks pair = work.pair(Precision.FP32, scores, maps);
        check(target, Precision.FP32, pair, probe, "", NO_BUNDLE);
        return pair;
    }

    private void half(Precision precision) throws ExportException, IOException {
        NetworkForm scores = form(Target.TENSORRT, precision, NetworkFile.NONE);
        NetworkForm maps = form(Target.TENSORRT, precision, NetworkFile.ANY);
        RuntimeNetworks emulated = work.pair(Precision.FP32, write(scores.asEmulated()), write(maps.asEmulated()));
        try {
            check(Target.TENSORRT, precision, emulated, probe.first(Math.min(EMULATED_FILMS, probe.inputs().length)),
                    ", operands rounded to " + precision.id(), "");
        } catch (ExportException far) {
            progress.say("Left out: " + far.getMessage());
            return;
        }
        keep(scores);
        keep(form(Target.TENSORRT, precision, fixedMaps()));
    }

    private QuantisationProof int8(RuntimeNetworks fp32, JudgingFilms films) throws ExportException, IOException {
        progress.say("Ranges of activations for int8");
        NetworkForm scoresForm = form(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.NONE);
        NetworkForm mapsForm = form(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.ANY);
        Int8 int8 = Int8.write(card, weights, films.training(), scoresForm, mapsForm, work);
        Network scores = int8.scores().sharing(constants);
        Network maps = int8.maps().sharing(constants);
        RuntimeNetworks rounded = work.pair(Precision.INT8, scores, maps);
        check(Target.ONNX_RUNTIME, Precision.INT8, rounded, probe, "", NO_BUNDLE);
        long started = System.nanoTime();
        QuantisationProof proof = Int8.prove(fp32, rounded, card, films.heldOut(), (done, of) -> {
            double seconds = (System.nanoTime() - started) / 1e9;
            progress.say("int8 beside fp32: %d of %d films, %.0f films/s, %.0f s to go"
                    .formatted(done, of, done / seconds, seconds * (of - done) / done));
        });
        networks.put(scoresForm, scores);
        networks.put(mapsForm, maps);
        return proof;
    }

    /** @param consequence of a failure, for its sentence; may be empty */
    private void check(Target target, Precision precision, RuntimeNetworks pair, SelfTest films, String remark, String consequence)
            throws ExportException {
        progress.say("%s in %s: %d films against the trainer".formatted(target.id(), precision.id(), films.inputs().length));
        NetworkProof proof = NetworkCheck.run(target, precision, pair, card, films, remark);
        Closeness closeness = proof.closeness();
        if (!closeness.within(precision)) {
            throw new ExportException("The exported network for " + target.id() + " in " + precision.id()
                    + " does not compute what the trainer computed for " + request.model().resolve(Exporter.PROBE) + ": "
                    + closeness.describe(precision) + "." + consequence);
        }
        proofs.add(proof);
    }

    private NetworkForm form(Target target, Precision precision, int maps) {
        return new NetworkForm(target, precision, maps, request.attention() && maps != NetworkFile.NONE, false);
    }

    private int fixedMaps() {
        return fixedMaps(card);
    }

    static int fixedMaps(ModelCard card) {
        return Math.min(FIXED_MAPS, card.labels().size());
    }

    private Network keep(NetworkForm form) {
        return networks.computeIfAbsent(form, this::write);
    }

    private Network write(NetworkForm form) {
        return EvaXGraph.of(card, weights, form).sharing(constants);
    }
}
