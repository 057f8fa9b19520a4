package io.hilum.inference;

import io.hilum.model.card.ModelCard;
import java.util.List;

/**
 * Whether a request fits a model. Asked before anything is computed, so that a wrong one costs its batch nothing. No state;
 * any thread.
 */
public final class RequestCheck {

    private RequestCheck() {}

    /** The most maps that a request of the batch gets, each checked as by {@link #requireFit}. */
    static int maps(ModelCard card, List<InferenceRequest> batch) {
        int maps = 0;
        for (InferenceRequest request : batch) {
            maps = Math.max(maps, requireFit(request, card));
        }
        return maps;
    }

    /**
     * @return how many maps the request gets, those that {@link InferenceRequest#everyPositive} adds aside: at most one a label
     * @throws InferenceException when the input has another size, or a map of a label is wanted that does not exist
     */
    public static int requireFit(InferenceRequest request, ModelCard card) {
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
