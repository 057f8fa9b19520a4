package io.hilum.inference.tensorrt;

import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which plans of a bundle serve on a machine: a pair of one precision, or none and the reason.
 *
 * @param plain scores only; null when none fits
 * @param maps with heat maps; null when none fits
 * @param reason one sentence for people when none fits, otherwise empty
 */
public record PlanChoice(PlanFile plain, PlanFile maps, String reason) {

    /** Fastest first. INT8 is used only where it is asked for: its error depends on the films that it was scaled with. */
    private static final List<Precision> BEST = List.of(Precision.FP16, Precision.BF16, Precision.FP32);

    public PlanChoice {
        Objects.requireNonNull(reason, "reason");
        if ((plain == null) != (maps == null) || (plain == null) == reason.isEmpty()) {
            throw new IllegalArgumentException("A choice holds both plans, or none and the reason.");
        }
        if (plain != null && (plain.maps() != 0 || maps.maps() < 1 || plain.precision() != maps.precision())) {
            throw new IllegalArgumentException("The plans " + plain.file() + " and " + maps.file() + " are no pair: one "
                    + "draws no maps, the other some, both in the same precision.");
        }
    }

    /**
     * @param plans all that a bundle has
     * @param machine what {@link TensorRtSupport#detect} found
     * @param wanted the precision; empty: half precision, else bf16, else fp32
     */
    public static PlanChoice of(List<PlanFile> plans, TensorRtSupport machine, Optional<Precision> wanted) {
        if (!machine.available()) {
            return none(machine.reason());
        }
        if (plans.isEmpty()) {
            return none("The bundle has no TensorRT plans; export it on a machine with this GPU to build them.");
        }
        List<PlanFile> ofVersion = plans.stream().filter(plan -> plan.tensorRt().equals(machine.tensorRt())).toList();
        if (ofVersion.isEmpty()) {
            return none("The bundle's TensorRT plans were built with " + named(plans.stream().map(PlanFile::tensorRt).toList())
                    + " and this machine has " + machine.tensorRt() + "; export the bundle again here.");
        }
        List<PlanFile> fitting = ofVersion.stream()
                .filter(plan -> plan.computeCapability().equals(machine.computeCapability())).toList();
        if (fitting.isEmpty()) {
            return none("The bundle's TensorRT plans were built for GPUs of compute capability "
                    + named(ofVersion.stream().map(PlanFile::computeCapability).toList()) + " and " + machine.gpu() + " has "
                    + machine.computeCapability() + "; export the bundle again here.");
        }
        return ofPrecision(fitting, wanted);
    }

    private static PlanChoice ofPrecision(List<PlanFile> fitting, Optional<Precision> wanted) {
        for (Precision precision : wanted.map(List::of).orElse(BEST)) {
            Optional<PlanFile> plain = best(fitting, precision, false);
            Optional<PlanFile> maps = best(fitting, precision, true);
            if (plain.isPresent() && maps.isPresent()) {
                return new PlanChoice(plain.get(), maps.get(), "");
            }
        }
        String asked = wanted.map(Precision::id).orElse("fp16, bf16 or fp32");
        return none("The bundle has no pair of TensorRT plans, with and without heat maps, in " + asked
                + " that fits this machine; it has "
                + fitting.stream().map(PlanFile::file).sorted().collect(Collectors.joining(", ")) + ".");
    }

    /** Of several, the one that takes the largest batch, and of these the one that draws most maps. */
    private static Optional<PlanFile> best(List<PlanFile> plans, Precision precision, boolean maps) {
        return plans.stream()
                .filter(plan -> plan.precision() == precision && plan.maps() > 0 == maps)
                .max(Comparator.comparingInt(PlanFile::maxBatch).thenComparingInt(PlanFile::maps));
    }

    /** Whether there are plans for this machine. */
    public boolean fits() {
        return plain != null;
    }

    private static PlanChoice none(String reason) {
        return new PlanChoice(null, null, reason);
    }

    private static String named(List<String> values) {
        return String.join(", ", new TreeSet<>(values));
    }
}
