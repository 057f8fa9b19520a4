package io.hilum.inference.tensorrt;

import static io.hilum.inference.tensorrt.Cards.MACHINE;
import static io.hilum.inference.tensorrt.Cards.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.BundleRefusedException;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanChoiceTest {

    @TempDir
    private Path folder;

    @Test
    void servesNoPlanOfAnotherVersion() {
        refuses("The bundle's TensorRT plans were built with 10.15.0, 10.6.0 and this machine has 10.15.1; export the bundle again here.",
                both(pair(Precision.FP16, "10.6.0", "9.0"), pair(Precision.FP16, "10.15.0", "9.0")));
    }

    @Test
    void servesNoPlanOfAnotherKindOfGpu() {
        refuses("The bundle's TensorRT plans were built for GPUs of compute capability 8.9 and NVIDIA H100 has 9.0; "
                + "export the bundle again here.", both(pair(Precision.FP16, "10.15.1", "8.9"), pair(Precision.FP16, "10.6.0", "9.0")));
    }

    @Test
    void saysThatThereAreNoPlansOrNoGpu() {
        refuses("The bundle has no TensorRT plans; export it on a machine with this GPU to build them.", List.of());
        PlanChoice choice = PlanChoice.of(pair(Precision.FP16, "10.15.1", "9.0"), TensorRtSupport.none("No GPU."), Optional.empty());
        assertEquals("No GPU.", choice.reason());
    }

    @Test
    void pairsNoPlansOfDifferentPrecisions() {
        refuses("The bundle has no pair of TensorRT plans, with and without heat maps, in fp16, bf16 or fp32 that fits this "
                + "machine; it has maps-bf16-10.15.1-9.0.plan, plain-fp16-10.15.1-9.0.plan.",
                List.of(plan(Precision.FP16, 0, 8, "10.15.1", "9.0"), plan(Precision.BF16, 2, 8, "10.15.1", "9.0")));
    }

    @Test
    void takesTheFastestPrecisionThatIsWhole() {
        List<PlanFile> plans = new ArrayList<>(pair(Precision.FP32, "10.15.1", "9.0"));
        plans.addAll(pair(Precision.BF16, "10.15.1", "9.0"));
        plans.addAll(pair(Precision.INT8, "10.15.1", "9.0"));
        plans.add(plan(Precision.FP16, 0, 8, "10.15.1", "9.0"));
        plans.addAll(pair(Precision.FP16, "10.15.1", "8.9"));
        assertEquals(Precision.BF16, choose(plans, Optional.empty()).maps().precision());
        assertEquals(Precision.FP32, choose(plans, Optional.of(Precision.FP32)).plain().precision());
        assertEquals(Precision.INT8, choose(plans, Optional.of(Precision.INT8)).plain().precision());
        assertFalse(choose(plans, Optional.of(Precision.FP16)).fits());
    }

    @Test
    void takesTheLargestBatchOfSeveral() {
        List<PlanFile> plans = new ArrayList<>(pair(Precision.FP16, "10.15.1", "9.0"));
        plans.add(plan(Precision.FP16, 0, 64, "10.15.1", "9.0"));
        assertEquals(64, choose(plans, Optional.empty()).plain().maxBatch());
    }

    @Test
    void isNoPairOfTwoPlansWithoutMaps() {
        PlanFile plain = plan(Precision.FP16, 0, 8, "10.15.1", "9.0");
        assertThrows(IllegalArgumentException.class, () -> new PlanChoice(plain, plain, ""));
        assertThrows(IllegalArgumentException.class, () -> new PlanChoice(plain, null, ""));
        assertThrows(IllegalArgumentException.class, () -> new PlanChoice(null, null, ""));
    }

    @Test
    void givesNativeCodeNoFileThatIsNoPlanOrAnotherVersions() throws Exception {
        PlanHeader.requireBuiltBy(planFile("ftrt", 0, 10, 15, 1), "10.15.1");
        Path other = planFile("ftrt", 0, 10, 6, 0);
        assertEquals("The plan " + other + " was written by TensorRT 10.6.0 and not by 10.15.1 as the bundle says; build it again.",
                assertThrows(IOException.class, () -> PlanHeader.requireBuiltBy(other, "10.15.1")).getMessage());
        Path none = planFile("PK\3\4", 0, 10, 15, 1);
        assertEquals("The file " + none + " is no TensorRT plan; build it again.",
                assertThrows(IOException.class, () -> PlanHeader.requireBuiltBy(none, "10.15.1")).getMessage());
        Path empty = Files.write(folder.resolve("empty.plan"), new byte[0]);
        assertThrows(IOException.class, () -> PlanHeader.requireBuiltBy(empty, "10.15.1"));
    }

    @Test
    void refusesNoPlanOfASerialisationThatItDoesNotKnow() throws Exception {
        PlanHeader.requireBuiltBy(planFile("ftrt", 1, 0, 0, 0), "10.15.1");
    }

    @Test
    void opensNoEngineOnPlansOfAnotherVersion() throws Exception {
        PlanChoice choice = choose(pair(Precision.FP16, "10.15.1", "9.0"), Optional.empty());
        assertTrue(choice.fits());
        Files.move(planFile("ftrt", 0, 10, 15, 1), folder.resolve(choice.plain().file()));
        Files.move(planFile("ftrt", 0, 10, 14, 1), folder.resolve(choice.maps().file()));
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> TensorRtEngine.open(
                Cards.CARD, "ab", folder, choice, MACHINE, TensorRtOptions.defaults()));
        assertTrue(refused.getMessage().startsWith("TensorRT does not serve chest 7 here: The plan ")
                && refused.getMessage().contains("10.14.1"), refused.getMessage());
    }

    private Path planFile(String tag, int serialisation, int major, int minor, int patch) throws IOException {
        byte[] bytes = new byte[100];
        System.arraycopy(tag.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, 4);
        bytes[4] = (byte) serialisation;
        bytes[24] = (byte) major;
        bytes[25] = (byte) minor;
        bytes[26] = (byte) patch;
        return Files.write(Files.createTempFile(folder, "made", ".plan"), bytes);
    }

    private static void refuses(String sentence, List<PlanFile> plans) {
        PlanChoice choice = choose(plans, Optional.empty());
        assertFalse(choice.fits());
        assertEquals(sentence, choice.reason());
    }

    private static List<PlanFile> both(List<PlanFile> some, List<PlanFile> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static PlanChoice choose(List<PlanFile> plans, Optional<Precision> wanted) {
        return PlanChoice.of(plans, MACHINE, wanted);
    }

    private static List<PlanFile> pair(Precision precision, String tensorRt, String computeCapability) {
        return List.of(plan(precision, 0, 8, tensorRt, computeCapability), plan(precision, 2, 8, tensorRt, computeCapability));
    }
}
