package io.hilum.inference;

import io.hilum.model.card.ModelCard;

/** Whether a request fits a model. Asked before anything is computed, so that a wrong one costs its batch nothing. */
public final class RequestCheck {

    private RequestCheck() {}

    /**
     * @return how many maps the request can get without {@link InferenceRequest#everyPositive}: one a label at most
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
