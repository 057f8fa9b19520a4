package io.hilum.exporter.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.ExportProgress;
import io.hilum.exporter.ExportRequest;
import io.hilum.exporter.Exporter;
import io.hilum.exporter.Golden;
import io.hilum.exporter.ModelFolder;
import io.hilum.exporter.WorkFolder;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.exporter.proof.RawSession;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Proof.QuantisationProof;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** int8 of a model with random weights, whose "findings" are its own fp32 scores with noise: so it has an AUC to lose. */
class Int8Test {

    private static final int LABELS = 5;
    private static final int FILMS = 1000;
    private static final EngineOptions OPTIONS = EngineOptions.defaults();

    @TempDir
    private static Path shared;
    @TempDir
    private Path temp;
    private static ModelCard card;
    private static Path model;
    private static Path training;
    private static Path heldOut;
    private static Bundle bundle;

    @BeforeAll
    static void export() throws Exception {
        card = ModelFolder.card(Architecture.EVA_X_TI, LABELS);
        model = ModelFolder.write(shared.resolve("model"), card);
        Bundle fp32 = Exporter.export(model, shared.resolve("fp32"));
        training = FilmSet.write(shared.resolve("training"), card.labelNames(), ModelFolder.SIZE, films(5000, 40), new int[40][LABELS]);
        List<byte[]> films = films(9000, FILMS);
        heldOut = FilmSet.write(shared.resolve("held-out"), card.labelNames(), ModelFolder.SIZE, films, findings(fp32, films));
        bundle = Exporter.export(new ExportRequest(model, shared.resolve("int8"), Optional.empty(),
                Optional.of(new ExportRequest.Int8Films(training, heldOut)), false, List.of(), false), ExportProgress.SILENT);
    }

    @Test
    void servesNoInt8WithoutItsProof() {
        QuantisationProof proof = bundle.manifest().proof().quantisation();
        System.out.println(proof);
        assertEquals(FILMS, proof.films());
        assertTrue(proof.auc() > QuantisationRules.LEAST_AUC && proof.auc() < QuantisationRules.MOST_AUC, proof.toString());
        assertTrue(proof.dropUpper() >= proof.drop() && proof.dropUpper() <= QuantisationRules.DROP_UPPER, proof.toString());
        assertTrue(proof.drop() != 0, "int8 that changes no AUC at all was not measured: " + proof);
    }

    @Test
    void changesNoScoreWithTheNeighboursInABatch() throws Exception {
        try (InferenceEngine engine = EngineFactory.load(bundle.folder(), OPTIONS)) {
            assertTrue(engine.identity().engine().endsWith("int8"), engine.identity().engine());
            List<InferenceRequest> batch = IntStream.range(0, 32)
                    .mapToObj(i -> InferenceRequest.withMaps(ModelFolder.film(700 + i), i % 3, false)).toList();
            List<InferenceResult> together = engine.infer(batch);
            for (int i = 0; i < 32; i++) {
                float[] alone = engine.infer(List.of(batch.get(i))).get(0).logits();
                // A float that differs in its last bit could fall into the next integer: so the same to 1e-6 is asked for.
                assertEquals(0, Golden.difference(alone, together.get(i).logits()), 1e-6 * Math.max(1, largest(alone)), "film " + i);
            }
        }
    }

    @Test
    void computesIntegersAndNotFp32UnderAnotherName() throws Exception {
        try (InferenceEngine int8 = EngineFactory.load(bundle.folder(), OPTIONS.only(Precision.INT8));
                InferenceEngine fp32 = EngineFactory.load(bundle.folder(), OPTIONS.only(Precision.FP32))) {
            InferenceRequest film = InferenceRequest.scores(ModelFolder.film(3), false);
            double difference = Golden.difference(fp32.infer(List.of(film)).get(0).logits(), int8.infer(List.of(film)).get(0).logits());
            assertTrue(difference > 1e-4, "int8 differs from fp32 by " + difference);
        }
    }

    @Test
    void leavesOutNoAttentionInInt8WhereItWasAskedFor() throws Exception {
        NetworkForm maps = new NetworkForm(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.ANY, true, false);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        ByteBuffer film = ByteBuffer.allocateDirect(ModelFolder.SIZE * ModelFolder.SIZE).put(ModelFolder.film(1)).rewind();
        try (WorkFolder work = WorkFolder.in(temp);
                RawSession session = new RawSession(work.alone(Int8.write(card, ModelFolder.weights(card), LabelledFilms.open(training, card),
                        new NetworkForm(Target.ONNX_RUNTIME, Precision.INT8, NetworkFile.NONE), maps, work).maps()));
                OnnxTensor pixels = OnnxTensor.createTensor(
                        environment, film, new long[] {1, 1, ModelFolder.SIZE, ModelFolder.SIZE}, OnnxJavaType.UINT8);
                OnnxTensor classes = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[1]), new long[] {1, 1})) {
            float[] attention = session.run(Map.of(NetworkIo.INPUT, pixels, NetworkIo.CLASSES, classes)).get(NetworkIo.ATTENTION);
            int side = Architecture.grid(ModelFolder.SIZE);
            assertEquals(side * side, attention.length);
        }
    }

    @Test
    void fallsBackToFp32WhenInt8FailsOnThisMachine() throws Exception {
        Path broken = copy(bundle.folder(), temp.resolve("broken"));
        Files.write(broken.resolve("onnx-runtime-int8.onnx"), new byte[] {1, 2, 3});
        reseal(broken);
        try (InferenceEngine engine = EngineFactory.load(broken, OPTIONS)) {
            assertTrue(engine.identity().engine().endsWith("fp32"), engine.identity().engine());
            assertTrue(engine.remarks().stream().anyMatch(remark -> remark.contains("does not load")), engine.remarks().toString());
        }
        BundleRefusedException refused = assertThrows(BundleRefusedException.class,
                () -> EngineFactory.load(broken, OPTIONS.only(Precision.INT8)));
        assertTrue(refused.getMessage().contains("does not load"), refused.getMessage());
    }

    @Test
    void fallsBackToFp32WhenInt8ComputesNonsense() throws Exception {
        // What a processor without its own byte instructions could do: sums that saturate.
        Path wrong = copy(bundle.folder(), temp.resolve("wrong"));
        Path constants = wrong.resolve(Bundle.CONSTANTS);
        Safetensors saved = Safetensors.read(constants);
        byte[] bytes = Files.readAllBytes(constants);
        Tensor weight = saved.get("blocks.4.mlp.gate.smoothed.int8");
        int at = find(bytes, weight.bytes());
        for (int i = 0; i < weight.size(); i++) {
            bytes[at + i] = 127;
        }
        Files.delete(constants);
        Files.write(constants, bytes);
        reseal(wrong);
        try (InferenceEngine engine = EngineFactory.load(wrong, OPTIONS)) {
            assertTrue(engine.identity().engine().endsWith("fp32"), engine.identity().engine());
            assertTrue(engine.remarks().stream().anyMatch(remark -> remark.contains("self-test") && remark.contains("int8")),
                    engine.remarks().toString());
        }
    }

    @Test
    void judgesNoInt8ByFilmsThatSetItsScales() {
        assertRefused(heldOut, heldOut, "what is taught must not judge");
    }

    @Test
    void judgesNoInt8ByFilmsThatWereTaught() throws Exception {
        Path taught = copy(model, temp.resolve("taught"));
        byte[] digest = Sha256.digest().digest(ModelFolder.film(9000 + 17));
        Safetensors.write(taught.resolve("taught.safetensors"), Map.of("inputs", Tensor.of(digest, 1, 32)));
        ExportException refused = assertThrows(ExportException.class, () -> export(taught, training, heldOut));
        assertTrue(refused.getMessage().contains("Film 17"), refused.getMessage());
    }

    @Test
    void judgesNoInt8ByFilmsWithOtherLabels() throws Exception {
        Path other = FilmSet.write(temp.resolve("other"), List.of("A", "B"), ModelFolder.SIZE, films(1, 2), new int[2][2]);
        assertRefused(training, other, "have the labels A,B");
    }

    @Test
    void writesNoBundleWhenInt8CannotBeJudged() throws Exception {
        List<byte[]> films = films(20_000, 60);
        int[][] coin = new int[60][LABELS];
        Random random = new Random(1);
        for (int[] film : coin) {
            for (int l = 0; l < LABELS; l++) {
                film[l] = random.nextInt(2);
            }
        }
        Path few = FilmSet.write(temp.resolve("few"), card.labelNames(), ModelFolder.SIZE, films, coin);
        assertRefused(training, few, "int8 is not accepted");
    }

    @Test
    void judgesNoInt8ByPatientsWhoWereTaught() throws Exception {
        Path taught = copy(model, temp.resolve("taught-patient"));
        Safetensors.write(taught.resolve("taught.safetensors"), Map.of("cluster", Tensor.of(new long[] {23}, 1)));
        Map<String, Tensor> set = new LinkedHashMap<>(Safetensors.read(heldOut).tensors());
        set.put("name", Tensor.of(new byte[FILMS], FILMS));
        Path real = write("real", set);
        ExportException refused = assertThrows(ExportException.class, () -> export(taught, training, real));
        assertTrue(refused.getMessage().contains("Film 23 of the held-out set is of a patient"), refused.getMessage());
    }

    @Test
    void judgesNoInt8ByOnePatient() throws Exception {
        Map<String, Tensor> set = new LinkedHashMap<>(Safetensors.read(heldOut).tensors());
        set.put("cluster", Tensor.of(new long[FILMS], FILMS));
        assertRefused(training, write("one-patient", set), "are of 1 patients");
    }

    @Test
    void readsNoFilmsOfAnotherForm() throws Exception {
        Map<String, Tensor> whole = Safetensors.read(heldOut).tensors();
        for (String name : List.of("images", "labels", "cluster")) {
            Map<String, Tensor> set = new LinkedHashMap<>(whole);
            set.remove(name);
            assertRefused(training, write("without-" + name, set), "There is no tensor '" + name + "'");
        }
        Map<String, Tensor> set = new LinkedHashMap<>(whole);
        set.put("cluster", Tensor.of(new float[FILMS], FILMS));
        assertRefused(training, write("float", set), "is no set of films");
    }

    private Path write(String name, Map<String, Tensor> set) throws Exception {
        Path file = temp.resolve(name);
        new Safetensors(set, Map.of("labels", String.join(",", card.labelNames()))).write(file);
        return file;
    }

    private void assertRefused(Path trainingFilms, Path judging, String because) {
        ExportException refused = assertThrows(ExportException.class, () -> export(model, trainingFilms, judging));
        assertTrue(refused.getMessage().contains(because), refused.getMessage());
        assertFalse(Files.exists(temp.resolve("out")));
        assertFalse(Files.exists(temp.resolve("out.part")));
    }

    private void export(Path from, Path trainingFilms, Path judging) throws Exception {
        Exporter.export(new ExportRequest(from, temp.resolve("out"), Optional.empty(),
                Optional.of(new ExportRequest.Int8Films(trainingFilms, judging)), false, List.of(), false), ExportProgress.SILENT);
    }

    private static int[][] findings(Bundle fp32, List<byte[]> films) throws Exception {
        double[][] scores = new double[films.size()][];
        try (InferenceEngine engine = EngineFactory.load(fp32.folder(), OPTIONS)) {
            for (int from = 0; from < films.size(); from += 20) {
                List<InferenceRequest> batch = films.subList(from, from + 20).stream().map(film -> InferenceRequest.scores(film, false)).toList();
                List<InferenceResult> results = engine.infer(batch);
                for (int i = 0; i < results.size(); i++) {
                    float[] logits = results.get(i).logits();
                    scores[from + i] = IntStream.range(0, LABELS).mapToDouble(l -> logits[l]).toArray();
                }
            }
        }
        int[][] findings = new int[films.size()][LABELS];
        Random random = new Random(4);
        for (int l = 0; l < LABELS; l++) {
            int label = l;
            double[] sorted = java.util.Arrays.stream(scores).mapToDouble(score -> score[label]).sorted().toArray();
            double median = sorted[sorted.length / 2];
            double spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
            for (int i = 0; i < findings.length; i++) {
                findings[i][l] = scores[i][l] + 0.5 * spread * random.nextGaussian() > median ? 1 : 0;
            }
        }
        return findings;
    }

    private static List<byte[]> films(int seed, int count) {
        List<byte[]> films = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            films.add(ModelFolder.film(seed + i));
        }
        return films;
    }

    private static int find(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (java.util.Arrays.mismatch(in, at, at + what.length, what, 0, what.length) < 0) {
                return at;
            }
        }
        throw new AssertionError("the weights are not in the file");
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** As someone would who makes a bundle by hand. */
    private static void reseal(Path folder) throws Exception {
        BundleManifest old = bundle.manifest();
        Bundle.seal(folder, old.files().keySet(), hashes -> new BundleManifest(old.format(), old.card(), old.created(), old.proof(),
                old.networks(), old.plans(), old.selfTestFile(), hashes));
    }

    private static Path copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }
}
