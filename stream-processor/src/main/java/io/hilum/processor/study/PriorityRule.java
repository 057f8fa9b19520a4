package io.hilum.processor.study;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.PriorityDecision;
import io.hilum.contracts.event.Scope;
import java.util.List;
import java.util.Set;

/**
 * A positive label that cannot wait makes a study STAT, any other positive label URGENT, none ROUTINE.
 *
 * <p>No priority is given where the models cannot know: nothing in scope, nothing scored, no label with an
 * operating point, or a model that has seen only synthetic images and a study that is a person's. A label
 * without an operating point never sets a priority. "Not scored" never passes for "nothing found".
 */
public final class PriorityRule {

    /** What {@link #rounded} counts in: two digits after the point, and six. */
    private static final long HUNDREDTHS = 100;
    private static final long MILLIONTHS = 1_000_000;

    private final Set<String> statLabels;

    /** @param statLabels labels that make a study STAT when positive, e.g. Pneumothorax */
    public PriorityRule(Set<String> statLabels) {
        this.statLabels = Set.copyOf(statLabels);
    }

    /**
     * Decides from a study's merged findings.
     *
     * @param lines every model line's findings
     * @param images all images of the study
     * @param synthetic whether the study is a phantom and not a person
     */
    public PriorityDecision decide(List<LineFindings> lines, List<ImageFindings> images, boolean synthetic) {
        PriorityDecision.Builder decision = PriorityDecision.newBuilder();
        lines.stream().flatMap(line -> line.getFindingsList().stream()).map(PriorityRule::inWords).forEach(decision::addInputs);
        boolean incomplete = images.stream().anyMatch(image -> image.getScope() == Scope.NOT_SCORED);
        if (lines.isEmpty()) {
            return none(decision, incomplete ? "No image of the study could be scored."
                    : "No image of the study is in scope of the models.");
        }
        List<Finding> entitled = lines.stream()
                .filter(line -> synthetic || !line.getModel().getTrainedOnSynthetic())
                .flatMap(line -> line.getFindingsList().stream())
                .toList();
        if (entitled.isEmpty()) {
            return none(decision, "The model was trained on synthetic images and gives no priority to a real study.");
        }
        List<Finding> decided = entitled.stream().filter(finding -> finding.getDecision() != Decision.UNDECIDED).toList();
        if (decided.isEmpty()) {
            return none(decision, "No label of the model has an operating point, so none may set a priority.");
        }
        List<String> positive = decided.stream()
                .filter(finding -> finding.getDecision() == Decision.POSITIVE).map(Finding::getLabel).distinct().toList();
        List<String> stat = positive.stream().filter(statLabels::contains).toList();
        if (!stat.isEmpty()) {
            return given(decision, Priority.STAT, String.join(", ", stat) + " at or above the operating point cannot wait.");
        }
        if (!positive.isEmpty()) {
            return given(decision, Priority.URGENT, String.join(", ", positive) + " at or above the operating point.");
        }
        if (incomplete) {
            return none(decision, "Nothing reached its operating point, but an image of the study was not scored.");
        }
        return given(decision, Priority.ROUTINE, "No label reached its operating point.");
    }

    private static PriorityDecision none(PriorityDecision.Builder decision, String rule) {
        return given(decision, Priority.PRIORITY_NONE, rule);
    }

    private static PriorityDecision given(PriorityDecision.Builder decision, Priority priority, String rule) {
        return decision.setPriority(priority).setRule(rule).build();
    }

    /** E.g. {@code Pneumothorax 0.81 >= 0.62}. */
    static String inWords(Finding finding) {
        double probability = finding.getProbability();
        if (!finding.hasOperatingPoint()) {
            return finding.getLabel() + " " + rounded(probability, HUNDREDTHS) + ", no operating point";
        }
        double operatingPoint = finding.getOperatingPoint();
        String sign = probability >= operatingPoint ? " >= " : " < ";
        // Two digits can hide which of the two is larger.
        long parts = Math.abs(probability - operatingPoint) < 0.01 ? MILLIONTHS : HUNDREDTHS;
        return finding.getLabel() + " " + rounded(probability, parts) + sign + rounded(operatingPoint, parts);
    }

    /**
     * Half up. String.format says the same; it took a sixth of all that a study's revision costs.
     *
     * @param number not negative
     * @param one a power of ten: how many of the last digit's units make 1
     */
    private static String rounded(double number, long one) {
        double exact = number * one;
        // The nearest double of 0.285 lies below it: what is written with a 5 at the end goes up all the same.
        long parts = Math.round(exact + 2 * Math.ulp(exact));
        return parts / one + "." + Long.toString(one + parts % one).substring(1);
    }
}
