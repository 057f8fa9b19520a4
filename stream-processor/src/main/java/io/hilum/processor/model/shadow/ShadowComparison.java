package io.hilum.processor.model.shadow;

import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.ShadowLabel;
import io.hilum.contracts.event.ShadowScored;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.score.Scores;
import java.util.LinkedHashMap;
import java.util.Map;

/** What two models said of one image, side by side. No state; any thread. */
final class ShadowComparison {

    private ShadowComparison() {}

    /**
     * @param generation of the release that staged the candidate
     * @param serving of one line
     * @param shadow of the same line's candidate
     */
    static ShadowScored of(ImageReceived image, long generation, Scores serving, Scores shadow) {
        Scores.Line served = serving.lines().get(0);
        Scores.Line candidate = shadow.lines().get(0);
        Map<String, ShadowLabel.Builder> labels = new LinkedHashMap<>();
        for (Finding finding : served.findings().getFindingsList()) {
            label(labels, finding).setServingProbability(finding.getProbability()).setServingDecision(finding.getDecision());
        }
        for (Finding finding : candidate.findings().getFindingsList()) {
            label(labels, finding).setShadowProbability(finding.getProbability()).setShadowDecision(finding.getDecision());
        }
        ShadowScored.Builder compared = ShadowScored.newBuilder()
                .setStudyUid(image.getStudyUid())
                .setSopInstanceUid(image.getSopInstanceUid())
                .setLine(served.scores().getLine())
                .setGeneration(generation)
                .setServing(served.findings().getModel())
                .setShadow(candidate.findings().getModel())
                .setServingQueueUs(serving.times().queueUs())
                .setServingComputeUs(serving.times().computeUs())
                .setShadowQueueUs(shadow.times().queueUs())
                .setShadowComputeUs(shadow.times().computeUs())
                .setScored(MicroClock.SYSTEM.micros());
        labels.values().forEach(compared::addLabels);
        return compared.build();
    }

    private static ShadowLabel.Builder label(Map<String, ShadowLabel.Builder> labels, Finding finding) {
        return labels.computeIfAbsent(finding.getLabel(), name -> ShadowLabel.newBuilder().setLabel(name));
    }
}
