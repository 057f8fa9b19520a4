package io.hilum.processor.study;

import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.ModelIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges an image's findings into its study's: of each label the larger calibrated probability.
 *
 * <p>Per model: when one was exchanged in the middle of a study, both versions stand side by side, each with
 * its own operating points, because their probabilities may not be compared. So a line's name is no key.
 */
final class LineMerge {

    private LineMerge() {}

    static List<LineFindings> merged(List<LineFindings> study, List<LineFindings> image) {
        Map<ModelIdentity, LineFindings> byModel = new LinkedHashMap<>();
        study.forEach(line -> byModel.put(line.getModel(), line));
        image.forEach(line -> byModel.merge(line.getModel(), line, LineMerge::larger));
        return List.copyOf(byModel.values());
    }

    private static LineFindings larger(LineFindings study, LineFindings image) {
        Map<String, Finding> byLabel = new LinkedHashMap<>();
        study.getFindingsList().forEach(finding -> byLabel.put(finding.getLabel(), finding));
        image.getFindingsList().forEach(finding -> byLabel.merge(finding.getLabel(), finding,
                (old, next) -> next.getProbability() > old.getProbability() ? next : old));
        return study.toBuilder().clearFindings().addAllFindings(new ArrayList<>(byLabel.values())).build();
    }
}
