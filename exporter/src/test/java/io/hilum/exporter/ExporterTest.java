package io.hilum.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceException;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Target;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle from a model folder: what is written, what is refused, and what an engine then computes. */
class ExporterTest {

    private static final int LABELS = 5;
    private static final EngineOptions OPTIONS = EngineOptions.defaults();

    private static final String NETWORK = "onnx-runtime-fp32.onnx";

    @TempDir
    private static Path shared;
    @TempDir
    private Path temp;

    private static Path model;
    private static Bundle bundle;

    @BeforeAll
    static void export() throws Exception {
        model = ModelFolder.write(shared.resolve("model"), ModelFolder.card(Architecture.EVA_X_TI, LABELS));
        long started = System.nanoTime();
        bundle = Exporter.export(model, shared.resolve("bundle"));
        System.out.printf("export took %.1f s%n", (System.nanoTime() - started) / 1e9);
    }

    @Test
    void changesNoScoreWithTheNeighboursInABatch() throws Exception {
        try (InferenceEngine engine = EngineFactory.load(bundle.folder(), Optional.of(bundle.sha256()), OPTIONS)) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                // Some want maps, some do not: that must not matter either.
                batch.add(InferenceRequest.withMaps(ModelFolder.film(100 + i), i % 4, false));
            }
            List<InferenceResult> together = engine.infer(batch);
            for (int i = 0; i < 32; i += 5) {
                InferenceResult alone = engine.infer(List.of(batch.get(i))).get(0);
                InferenceResult among = together.get(i);
                assertEquals(0, Golden.difference(alone.logits(), among.logits()), 1e-5);
                assertEquals(i % 4, among.heatMaps().size());
                for (int k = 0; k < i % 4; k++) {
                    assertEquals(alone.heatMaps().get(k).label(), among.heatMaps().get(k).label());
                    assertEquals(0, Golden.difference(alone.heatMaps().get(k).scaled(), among.heatMaps().get(k).scaled()), 1e-3);
                }
            }
        }
    }

    @Test
    void losesNothingOfTheCardOnTheWay() throws Exception {
        Bundle opened = Bundle.open(bundle.folder(), Optional.of(bundle.sha256()));
        assertEquals(ModelCard.read(model.resolve(ModelCard.FILE)), opened.manifest().card());
        assertTrue(opened.manifest().files().containsKey("card.md"));
        assertTrue(opened.manifest().proof().of(Target.ONNX_RUNTIME, Precision.FP32).orElseThrow().closeness().within(Precision.FP32));
        try (InferenceEngine engine = EngineFactory.load(bundle.folder(), OPTIONS)) {
            assertEquals(bundle.sha256(), engine.identity().bundleSha256());
            assertTrue(engine.identity().trainedOnSynthetic());
            InferenceResult result = engine.infer(List.of(InferenceRequest.withMaps(ModelFolder.film(1), 9, false))).get(0);
            assertEquals(LABELS, result.heatMaps().size(), "more maps than labels are not there");
            for (int i = 0; i < LABELS; i++) {
                assertEquals(engine.card().labels().get(i).calibration().probability(result.logits()[i]),
                        result.probabilities()[i], 1e-12);
            }
        }
    }

    @Test
    void scoresNoInputOfAnotherSize() throws Exception {
        try (InferenceEngine engine = EngineFactory.load(bundle.folder(), OPTIONS)) {
            assertThrows(InferenceException.class,
                    () -> engine.infer(List.of(InferenceRequest.scores(new byte[100], false))));
            assertThrows(InferenceException.class, () -> engine.infer(
                    List.of(new InferenceRequest(ModelFolder.film(1), new int[] {LABELS}, false))));
        }
    }

    @Test
    void writesNoBundleWhenTheTrainerComputedOtherLogits() throws Exception {
        SelfTest probe = SelfTest.read(model.resolve(Exporter.PROBE), ModelFolder.SIZE, LABELS);
        probe.logits()[15][2] += 1e-3f;
        assertProofFails(probe);
    }

    @Test
    void writesNoBundleWhenTheTrainerDrewOtherMaps() throws Exception {
        SelfTest probe = SelfTest.read(model.resolve(Exporter.PROBE), ModelFolder.SIZE, LABELS);
        float[] map = probe.raw()[3][1];
        for (int i = 0; i < map.length; i++) {
            map[i] *= 1.001f;
        }
        assertProofFails(probe);
    }

    @Test
    void writesNoBundleFromHalfAModel() throws Exception {
        for (String missing : List.of(ModelCard.FILE, Bundle.WEIGHTS, Exporter.PROBE)) {
            Path half = copy(model, temp.resolve("half-" + missing));
            Files.delete(half.resolve(missing));
            ExportException refused = assertThrows(ExportException.class, () -> Exporter.export(half, temp.resolve("out")));
            assertTrue(refused.getMessage().contains(missing), refused.getMessage());
        }
        assertFalse(Files.exists(temp.resolve("out")));
    }

    @Test
    void writesNoBundleFromWeightsThatDoNotFitTheirCard() throws Exception {
        Path unfit = copy(model, temp.resolve("unfit"));
        ModelFolder.card(Architecture.EVA_X_TI, LABELS - 1).write(unfit.resolve(ModelCard.FILE));
        ExportException refused = assertThrows(ExportException.class, () -> Exporter.export(unfit, temp.resolve("out")));
        assertTrue(refused.getMessage().contains("head.weight"), refused.getMessage());
    }

    @Test
    void aBaselineIsRefusedInsteadOfExportedAsSomethingElse() throws Exception {
        Path plain = copy(model, temp.resolve("plain"));
        ModelFolder.card(Architecture.VIT_S, LABELS).write(plain.resolve(ModelCard.FILE));
        ExportException refused = assertThrows(ExportException.class, () -> Exporter.export(plain, temp.resolve("out")));
        assertTrue(refused.getMessage().contains("cannot be exported: 'vit-s' is a baseline"), refused.getMessage());
    }

    @Test
    void buildsNoPlansWhereThereIsNoGpu() {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "SKIPPED: this machine has an NVIDIA driver");
        ExportRequest request = new ExportRequest(model, temp.resolve("out"), Optional.empty(), Optional.empty(), true,
                List.of(Precision.FP16), false);
        ExportException refused = assertThrows(ExportException.class, () -> Exporter.export(request, ExportProgress.SILENT));
        assertTrue(refused.getMessage().contains("No NVIDIA driver is loaded"), refused.getMessage());
        assertFalse(Files.exists(temp.resolve("out")));
    }

    @Test
    void scoresNotQuietlyOnACpuWhenAGpuWasAskedFor() {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "SKIPPED: this machine has an NVIDIA driver");
        EngineOptions onGpu = new EngineOptions(1, EngineOptions.Device.GPU, Optional.empty());
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> EngineFactory.load(bundle.folder(), onGpu));
        assertTrue(refused.getMessage().contains("No NVIDIA driver"), refused.getMessage());
    }

    @Test
    void saysWhyTheCpuIsUsed() throws Exception {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "SKIPPED: this machine has an NVIDIA driver");
        try (InferenceEngine engine = EngineFactory.load(bundle.folder(), OPTIONS)) {
            assertEquals(1, engine.remarks().size(), engine.remarks().toString());
            assertTrue(engine.remarks().get(0).contains("so the CPU computes"), engine.remarks().toString());
        }
    }

    @Test
    void provesTheFormsForTensorRtByOnnxRuntime() throws Exception {
        Bundle both = Exporter.export(new ExportRequest(model, temp.resolve("both"), Optional.empty(), Optional.empty(), true, List.of(), true),
                ExportProgress.SILENT);
        for (Precision precision : List.of(Precision.FP32, Precision.FP16, Precision.BF16)) {
            assertTrue(both.manifest().proof().of(Target.TENSORRT, precision).orElseThrow().closeness().within(precision), precision.id());
            assertTrue(both.manifest().network(Target.TENSORRT, precision, NetworkFile.NONE).isPresent(), precision.id());
            assertTrue(both.manifest().network(Target.TENSORRT, precision, 3).isPresent(), precision.id());
        }
        try (InferenceEngine engine = EngineFactory.load(both.folder(), OPTIONS)) {
            assertEquals(LABELS, engine.infer(List.of(InferenceRequest.scores(ModelFolder.film(1), false))).get(0).logits().length);
        }
    }

    @Test
    void overwritesNoBundle() {
        assertThrows(ExportException.class, () -> Exporter.export(model, bundle.folder()));
    }

    @Test
    void provesNothingForAPlaceThatIsTaken() throws Exception {
        Path taken = Files.createDirectories(temp.resolve("taken"));
        Files.writeString(taken.resolve("letter.txt"), "mine");
        List<String> said = new ArrayList<>();
        for (Path place : List.of(taken, taken.resolve("letter.txt"))) {
            ExportException refused = assertThrows(ExportException.class, () -> Exporter.export(new ExportRequest(model, place), said::add));
            assertTrue(refused.getMessage().contains("There is something at " + place), refused.getMessage());
        }
        assertEquals(List.of(), said);
        assertEquals("mine", Files.readString(taken.resolve("letter.txt")));
    }

    @Test
    void servesNoBundleWithADamagedByte() throws Exception {
        for (String file : bundle.manifest().files().keySet()) {
            Path damaged = copy(bundle.folder(), temp.resolve("damaged-" + file));
            byte[] bytes = Files.readAllBytes(damaged.resolve(file));
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged.resolve(file), bytes);
            assertRefused(damaged, Optional.of(bundle.sha256()), file);
        }
    }

    @Test
    void servesNoBundleThatLacksAFile() throws Exception {
        Path lacking = copy(bundle.folder(), temp.resolve("lacking"));
        Files.delete(lacking.resolve(NETWORK));
        assertRefused(lacking, Optional.empty(), NETWORK);
        Files.delete(lacking.resolve(Bundle.MANIFEST));
        assertRefused(lacking, Optional.empty(), Bundle.MANIFEST);
    }

    @Test
    void servesNoOtherBundleThanTheReleasedOne() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("changed"));
        Path manifest = changed.resolve(Bundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replace("\"threshold\" : 0.4", "\"threshold\" : 0.9"));
        assertRefused(changed, Optional.of(bundle.sha256()), "released");
    }

    @Test
    void servesNoBundleOfAnUnknownFormat() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("changed"));
        Path manifest = changed.resolve(Bundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\" : 2", "\"format\" : 3"));
        assertRefused(changed, Optional.empty(), "format 3");
    }

    @Test
    void servesNoBundleThatNothingWasProvenOf() throws Exception {
        assertRefusedWith(manifest -> ((ObjectNode) manifest.get("proof")).putArray("networks"), "no proof of its file");
        assertRefusedWith(manifest -> manifest.putNull("proof"), "cannot be understood");
        assertRefusedWith(manifest -> ((ObjectNode) manifest.at("/networks/0")).put("precision", "int8"), "no proof of its file");
    }

    @Test
    void endsNotWithTheProgramWhenABundleIsNonsense() throws Exception {
        assertRefusedWith(manifest -> ((ObjectNode) manifest.get("files")).put("a\0b", "0"), "cannot be loaded");
        assertRefusedWith(manifest -> ((ObjectNode) manifest.get("card")).putNull("architecture"), "cannot be understood");
        assertRefusedWith(manifest -> manifest.put("selfTestFile", "card.md"), "not a sound safetensors file");
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Files.createDirectory(folder.resolve(Bundle.MANIFEST));
        assertRefused(folder, Optional.empty(), "" + folder);
        Path scalar = copy(bundle.folder(), temp.resolve("scalar"));
        Map<String, Tensor> test = new LinkedHashMap<>(Safetensors.read(scalar.resolve(Bundle.SELF_TEST)).tensors());
        test.put("inputs", Tensor.of(new byte[1]));
        Safetensors.write(scalar.resolve(Bundle.SELF_TEST), test);
        reseal(scalar, bundle.manifest().card());
        assertRefused(scalar, Optional.empty(), "'inputs' is a single value");
    }

    @Test
    void servesNoBundleWhoseWeightsDoNotFitItsLabels() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("changed"));
        reseal(changed, ModelFolder.card(Architecture.EVA_X_TI, LABELS - 1));
        assertRefused(changed, Optional.empty(), "head.weight");
    }

    @Test
    void servesNoBundleWhoseNetworkIsOfAnotherShape() throws Exception {
        ModelCard other = ModelFolder.card(Architecture.EVA_X_TI, LABELS + 1);
        Path otherModel = ModelFolder.write(temp.resolve("other"), other);
        Bundle otherBundle = Exporter.export(otherModel, temp.resolve("other-bundle"));
        Path mixed = copy(bundle.folder(), temp.resolve("mixed"));
        for (String file : List.of(Bundle.CONSTANTS, NETWORK, "onnx-runtime-fp32-maps.onnx")) {
            Files.copy(otherBundle.folder().resolve(file), mixed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        reseal(mixed, bundle.manifest().card());
        assertRefused(mixed, Optional.empty(), "logits");
    }

    @Test
    void servesNoBundleThatComputesOtherNumbersThanItsSelfTest() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("changed"));
        SelfTest test = bundle.selfTest();
        test.logits()[0][0] += 1e-3f;
        test.write(changed.resolve(Bundle.SELF_TEST));
        reseal(changed, bundle.manifest().card());
        assertRefused(changed, Optional.empty(), "self-test");
    }

    @Test
    void servesNoBundleWithAFileThatIsNotSealed() throws Exception {
        Path more = copy(bundle.folder(), temp.resolve("more"));
        Files.writeString(more.resolve("other.safetensors"), "constants of somebody else");
        assertRefused(more, Optional.of(bundle.sha256()), "other.safetensors");
    }

    @Test
    void servesNoNetworkThatRanksLabelsOtherwiseThanItsCard() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("ranked"));
        ModelCard card = bundle.manifest().card();
        List<LabelCard> labels = new ArrayList<>(card.labels());
        // The last label becomes the one that is always far above its operating point, which the network does not know.
        labels.set(LABELS - 1, new LabelCard(labels.get(LABELS - 1).name(), new Calibration(1, 50), labels.get(LABELS - 1).operatingPoint()));
        reseal(changed, new ModelCard(card.schema(), card.name(), card.version(), card.architecture(), card.inputSize(), card.geometry(),
                card.mean(), card.std(), labels, card.metrics(), card.lineage(), card.trainedOnSynthetic(), card.notice()));
        assertRefused(changed, Optional.empty(), "ranks its labels otherwise");
    }

    @Test
    void readsNoFileOutsideOfABundle() throws Exception {
        Path changed = copy(bundle.folder(), temp.resolve("changed"));
        Path manifest = changed.resolve(Bundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replace("\"card.md\"", "\"../card.md\""));
        assertRefused(changed, Optional.empty(), "../card.md");
    }

    private void assertProofFails(SelfTest probe) throws Exception {
        Path disagreeing = copy(model, temp.resolve("disagreeing"));
        probe.write(disagreeing.resolve(Exporter.PROBE));
        ExportException refused =
                assertThrows(ExportException.class, () -> Exporter.export(disagreeing, temp.resolve("out")));
        assertTrue(refused.getMessage().contains("does not compute what the trainer computed"), refused.getMessage());
        assertFalse(Files.exists(temp.resolve("out")));
        assertFalse(Files.exists(temp.resolve("out.part")));
    }

    private static void assertRefused(Path folder, Optional<String> sha256, String because) {
        BundleRefusedException refused =
                assertThrows(BundleRefusedException.class, () -> EngineFactory.load(folder, sha256, OPTIONS).close());
        assertTrue(refused.getMessage().contains(because), refused.getMessage());
    }

    /** With something changed in {@code bundle.json}. */
    private void assertRefusedWith(Consumer<ObjectNode> change, String because) throws Exception {
        Path changed = copy(bundle.folder(), Files.createTempDirectory(temp, "changed").resolve("bundle"));
        ObjectNode manifest = (ObjectNode) new ObjectMapper().readTree(changed.resolve(Bundle.MANIFEST).toFile());
        change.accept(manifest);
        Files.writeString(changed.resolve(Bundle.MANIFEST), manifest.toString());
        assertRefused(changed, Optional.empty(), because);
    }

    /** As someone would who makes a bundle by hand. */
    private static void reseal(Path folder, ModelCard card) throws IOException {
        BundleManifest old = bundle.manifest();
        Bundle.seal(folder, old.files().keySet(), hashes -> new BundleManifest(
                old.format(), card, old.created(), old.proof(), old.networks(), old.plans(), old.selfTestFile(), hashes));
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }
}
