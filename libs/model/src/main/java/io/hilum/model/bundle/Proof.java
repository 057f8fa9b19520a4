package io.hilum.model.bundle;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was shown before the bundle was sealed.
 *
 * @param golden the exporter against the reference implementation's numbers; null where they were not at hand
 * @param networks each network of the bundle against the trainer's numbers
 * @param quantisation why int8 was accepted; null where the bundle has none
 */
public record Proof(GoldenProof golden, List<NetworkProof> networks, QuantisationProof quantisation) {
    public Proof {
        networks = List.copyOf(networks);
    }

    /** Of the network in that form, the last one where it was proven by several engines. */
    public Optional<NetworkProof> of(Target target, Precision precision) {
        return networks.stream().filter(each -> each.target() == target && each.precision() == precision).reduce((one, later) -> later);
    }

    /**
     * The exporter's graphs with the reference's weights (EVA-X-Ti, random), against numbers that the reference
     * implementation computed in fp32.
     *
     * @param logits largest absolute difference
     * @param rawMaps largest difference of a raw map, by the map's largest absolute value
     * @param finalMaps largest absolute difference of a map at the input's size, 0 to 1
     */
    public record GoldenProof(double logits, double logitTolerance, double rawMaps, double rawMapTolerance, double finalMaps,
            double finalMapTolerance) {}

    /**
     * One form of the network on the trainer's probe films.
     *
     * @param engine who computed, such as {@code onnxruntime-1.29.0 cpu fp32}
     * @param films how many
     * @param closeness how far from the trainer
     * @param maxBatchDifference largest difference of a logit between a film alone and among others
     */
    public record NetworkProof(Target target, Precision precision, String engine, int films, Closeness closeness,
            double maxBatchDifference) {
        public NetworkProof {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(precision, "precision");
            Objects.requireNonNull(closeness, "closeness");
        }
    }

    /**
     * int8 beside fp32 on held-out films; areas under the ROC curve as shares of 1.
     *
     * @param films held out, with known labels
     * @param auc mean of fp32 over the labels that can be evaluated
     * @param drop of that mean, int8 against fp32 on the same films
     * @param dropUpper upper 95 % bound of the drop, films of a patient resampled together
     * @param worstLabel the label that dropped most
     * @param worstDrop its drop
     * @param flips share of decisions that differ
     */
    public record QuantisationProof(int films, double auc, double drop, double dropUpper, String worstLabel, double worstDrop,
            double flips) {}
}
