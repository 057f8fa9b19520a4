package io.hilum.inference.tensorrt;

import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.ModelCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which labels a request wants explained beyond the K that the plan's first pass explained, as explicit ids: what a
 * plan with a larger K would have chosen.
 *
 * <p>The graph ranks by {@link ModelCard#margins} in fp32; of equal margins the label with the lower index comes first, as in
 * ONNX {@code TopK}.
 */
final class MapWishes {

    private final ModelCard card;

    MapWishes(ModelCard card) {
        this.card = card;
    }

    /**
     * @param request any number of labels
     * @param places how many of its {@code mapLabels} get a map: at most one a label
     * @param first what the first pass gave: the logits, and a map for each of the first places
     * @return the labels of the places that have no map yet, in their order
     */
    List<Integer> beyond(InferenceRequest request, int places, InferenceResult first) {
        int drawn = first.heatMaps().size();
        List<Integer> chosen = new ArrayList<>(first.heatMaps().stream().map(HeatMap::label).toList());
        if (drawn < places) {
            List<Integer> ranks = ranks(request, first);
            for (int place = drawn; place < places; place++) {
                int label = request.mapLabels()[place];
                chosen.add(label == InferenceRequest.MOST_RELEVANT ? ranks.get(place) : label);
            }
        }
        return List.copyOf(chosen.subList(drawn, chosen.size()));
    }

    /**
     * The label of each rank. Where the graph has already said who holds a rank it is believed, so that rounding of
     * nearly equal margins explains no label twice.
     */
    private List<Integer> ranks(InferenceRequest request, InferenceResult first) {
        Integer[] ranks = new Integer[card.labels().size()];
        List<Integer> remaining = new ArrayList<>(byMargin(first.logits()));
        for (int place = 0; place < first.heatMaps().size(); place++) {
            if (request.mapLabels()[place] == InferenceRequest.MOST_RELEVANT) {
                ranks[place] = first.heatMaps().get(place).label();
                remaining.remove(ranks[place]);
            }
        }
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[rank] = ranks[rank] == null ? remaining.remove(0) : ranks[rank];
        }
        return List.of(ranks);
    }

    private List<Integer> byMargin(float[] logits) {
        double[] margins = card.margins(logits);
        return IntStream.range(0, logits.length).boxed()
                .sorted(Comparator.comparing((Integer label) -> (float) margins[label]).reversed())
                .toList();
    }
}
