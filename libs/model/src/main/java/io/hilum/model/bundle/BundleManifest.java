package io.hilum.model.bundle;

import io.hilum.model.Architecture;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code bundle.json}: everything a service must know about a model before it runs it.
 *
 * @param format version of this file's layout
 * @param card the model card: architecture, geometry, normalisation, labels with calibration and operating
 *     points, metrics, lineage, notice
 * @param created ISO 8601, UTC
 * @param proof how far the exported networks are from the reference's and the trainer's own numbers
 * @param networks the network in every form that was exported
 * @param plans TensorRT plans, where the bundle was made on a machine with a GPU
 * @param selfTestFile inputs with outputs, see {@link SelfTest}; a name within the bundle
 * @param files SHA-256 (lower-case hex) of every other file of the bundle, by name
 */
public record BundleManifest(
        int format, ModelCard card, String created, Proof proof, List<NetworkFile> networks, List<PlanFile> plans,
        String selfTestFile, Map<String, String> files) {

    /** The layout that this code writes and reads. */
    public static final int FORMAT = 2;

    public BundleManifest {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(proof, "proof");
        networks = List.copyOf(networks);
        plans = plans == null ? List.of() : List.copyOf(plans);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        Map<String, String> sealed = files;
        Stream.of(networks.stream().map(NetworkFile::file), networks.stream().map(NetworkFile::constants),
                plans.stream().map(PlanFile::file), Stream.of(selfTestFile)).flatMap(names -> names).forEach(file -> {
                    if (!sealed.containsKey(file)) {
                        throw new IllegalArgumentException("The bundle's file " + file + " has no SHA-256.");
                    }
                });
        Proof shown = proof;
        networks.forEach(network -> requireProof(shown, network.file(), network.target(), network.precision()));
        plans.forEach(plan -> requireProof(shown, plan.file(), Target.TENSORRT, plan.precision()));
    }

    /** What was not proven is in no bundle. */
    private static void requireProof(Proof proof, String file, Target target, Precision precision) {
        if (proof.of(target, precision).isEmpty() || precision == Precision.INT8 && proof.quantisation() == null) {
            throw new IllegalArgumentException("The bundle has no proof of its file " + file + ".");
        }
    }

    /** The network in one form, where the bundle has it. */
    public Optional<NetworkFile> network(Target target, Precision precision, int maps) {
        return networks.stream().filter(network -> network.target() == target && network.precision() == precision
                && network.maps() == maps).findFirst();
    }

    /** The model line, e.g. {@code demo}. */
    public String line() {
        return card.name();
    }

    /** The model's version within its line. */
    public String version() {
        return card.version();
    }

    /** In the order of the logits. */
    public List<LabelCard> labels() {
        return card.labels();
    }

    /** Side of the square input, in pixels. */
    public int inputSize() {
        return card.inputSize();
    }

    /** Side of a heat map, in cells. */
    public int grid() {
        return Architecture.grid(card.inputSize());
    }
}
