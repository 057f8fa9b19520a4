package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.List;

/** What every engine refuses before it computes anything. No state; any thread. */
final class RequestCheck {

    private RequestCheck() {}

    /**
     * @return how many maps an image the batch needs: no more than there are labels
     * @throws InferenceException with a sentence, when an input has another size or a class id is out of range
     */
    static int maps(ModelCard card, List<InferenceRequest> batch) {
        int maps = 0;
        for (InferenceRequest request : batch) {
            maps = Math.max(maps, requireFit(card, request));
        }
        return maps;
    }

    private static int requireFit(ModelCard card, InferenceRequest request) {
        int pixels = card.inputSize() * card.inputSize();
        if (request.input().length != pixels) {
            throw new InferenceException("The input has " + request.input().length + " pixels; the model "
                    + card.name() + " " + card.version() + " takes " + pixels + ".");
        }
        int labels = card.labels().size();
        for (int label : request.mapLabels()) {
            if (label >= labels) {
                throw new InferenceException("A heat map of label " + label + " is wanted; the model "
                        + card.name() + " " + card.version() + " has " + labels + " labels.");
            }
        }
        return Math.min(labels, request.mapLabels().length);
    }
}
