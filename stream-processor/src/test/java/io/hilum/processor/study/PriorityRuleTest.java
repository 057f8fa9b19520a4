package io.hilum.processor.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.PriorityDecision;
import io.hilum.contracts.event.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriorityRuleTest {

    private static final List<ImageFindings> SCORED =
            List.of(ImageFindings.newBuilder().setScope(Scope.IN_SCOPE).build());
    private static final List<ImageFindings> ONE_NOT_SCORED = List.of(
            ImageFindings.newBuilder().setScope(Scope.IN_SCOPE).build(),
            ImageFindings.newBuilder().setScope(Scope.NOT_SCORED).build());

    private final PriorityRule rule = new PriorityRule(Set.of("Pneumothorax"));

    @Test
    void aPneumothoraxDoesNotWait() {
        PriorityDecision decision = rule.decide(line(false, with("Effusion", 0.9, 0.5), with("Pneumothorax", 0.81, 0.62)), SCORED, false);
        assertEquals(Priority.STAT, decision.getPriority());
        assertEquals("Pneumothorax at or above the operating point cannot wait.", decision.getRule());
        assertEquals(List.of("Effusion 0.90 >= 0.50", "Pneumothorax 0.81 >= 0.62"), decision.getInputsList());
    }

    @Test
    void anotherPositiveFindingIsNotRoutine() {
        PriorityDecision decision = rule.decide(line(false, with("Effusion", 0.5, 0.5), with("Pneumothorax", 0.1, 0.62)), SCORED, false);
        assertEquals(Priority.URGENT, decision.getPriority());
    }

    @Test
    void nothingFoundIsRoutine() {
        assertEquals(Priority.ROUTINE, rule.decide(line(false, with("Effusion", 0.2, 0.5)), SCORED, false).getPriority());
    }

    @Test
    void aLabelWithoutOperatingPointSetsNoPriorityHoweverHigh() {
        PriorityDecision beside = rule.decide(line(false, with("Pneumothorax", 0.99, null), with("Effusion", 0.2, 0.5)), SCORED, false);
        assertEquals(Priority.ROUTINE, beside.getPriority());
        assertEquals("Pneumothorax 0.99, no operating point", beside.getInputs(0));
        PriorityDecision alone = rule.decide(line(false, with("Pneumothorax", 0.99, null)), SCORED, false);
        assertEquals(Priority.PRIORITY_NONE, alone.getPriority());
    }

    @Test
    void aModelOfSyntheticImagesGivesARealStudyNoPriority() {
        PriorityDecision real = rule.decide(line(true, with("Pneumothorax", 0.99, 0.5)), SCORED, false);
        assertEquals(Priority.PRIORITY_NONE, real.getPriority());
        assertEquals("The model was trained on synthetic images and gives no priority to a real study.", real.getRule());
        assertEquals(Priority.STAT, rule.decide(line(true, with("Pneumothorax", 0.99, 0.5)), SCORED, true).getPriority());
    }

    @Test
    void aRealModelBesideASyntheticOneDecidesAlone() {
        List<LineFindings> both = List.of(
                line(true, with("Pneumothorax", 0.99, 0.5)).get(0), line(false, with("Effusion", 0.9, 0.5)).get(0));
        assertEquals(Priority.URGENT, rule.decide(both, SCORED, false).getPriority());
    }

    @Test
    void anUnscoredImageNeverPassesForNothingFound() {
        assertEquals(Priority.PRIORITY_NONE, rule.decide(line(false, with("Effusion", 0.2, 0.5)), ONE_NOT_SCORED, false).getPriority());
        assertEquals(Priority.URGENT, rule.decide(line(false, with("Effusion", 0.6, 0.5)), ONE_NOT_SCORED, false).getPriority());
        PriorityDecision none = rule.decide(List.of(), List.of(ONE_NOT_SCORED.get(1)), false);
        assertEquals("No image of the study could be scored.", none.getRule());
    }

    @Test
    void outOfScopeIsNotRoutine() {
        PriorityDecision decision = rule.decide(List.of(), List.of(ImageFindings.newBuilder().setScope(Scope.OUT_OF_SCOPE).build()), false);
        assertEquals(Priority.PRIORITY_NONE, decision.getPriority());
        assertEquals("No image of the study is in scope of the models.", decision.getRule());
    }

    @Test
    void roundingNeverHidesWhichNumberIsLarger() {
        assertEquals("Effusion 0.619900 < 0.620000", PriorityRule.inWords(with("Effusion", 0.6199, 0.62)));
        assertEquals("Effusion 0.29 < 0.58", PriorityRule.inWords(with("Effusion", 0.285, 0.575)), "as it is written, and not as it is stored");
        assertEquals("Effusion 1.00 >= 0.00", PriorityRule.inWords(with("Effusion", 1, 0.0)));
    }

    private static List<LineFindings> line(boolean synthetic, Finding... findings) {
        return List.of(LineFindings.newBuilder()
                .setModel(ModelIdentity.newBuilder().setLine("l").setTrainedOnSynthetic(synthetic))
                .addAllFindings(List.of(findings)).build());
    }

    private static Finding with(String label, double probability, Double operatingPoint) {
        Finding.Builder finding = Finding.newBuilder().setLabel(label).setProbability(probability);
        if (operatingPoint == null) {
            return finding.setDecision(Decision.UNDECIDED).build();
        }
        return finding.setOperatingPoint(operatingPoint)
                .setDecision(probability >= operatingPoint ? Decision.POSITIVE : Decision.NEGATIVE).build();
    }
}
