package io.hilum.inference;

import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees to it that no positive finding is without its heat map: images with more positive labels than the first pass drew
 * maps of are run once more, for the rest. How often that happens tells {@link StageTimes#passes}.
 *
 * <p>Threading: as the engine inside.
 */
public final class AllPositives implements InferenceEngine {

    private final InferenceEngine engine;
    private final List<String> remarks;

    public AllPositives(InferenceEngine engine) {
        this(engine, engine.remarks());
    }

    /** @param remarks why the engine is no faster one */
    AllPositives(InferenceEngine engine, List<String> remarks) {
        this.engine = engine;
        this.remarks = List.copyOf(remarks);
    }

    @Override
    public EngineIdentity identity() {
        return engine.identity();
    }

    @Override
    public ModelCard card() {
        return engine.card();
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        List<InferenceResult> results = new ArrayList<>(engine.infer(batch));
        List<Integer> places = new ArrayList<>();
        List<InferenceRequest> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int[] rest = batch.get(i).everyPositive() ? positivesWithoutMap(results.get(i)) : new int[0];
            if (rest.length > 0) {
                places.add(i);
                again.add(new InferenceRequest(batch.get(i).input(), rest, batch.get(i).urgent()));
            }
        }
        if (!again.isEmpty()) {
            List<InferenceResult> second = engine.infer(again);
            for (int i = 0; i < places.size(); i++) {
                results.set(places.get(i), results.get(places.get(i)).with(second.get(i)));
            }
        }
        return results;
    }

    private int[] positivesWithoutMap(InferenceResult result) {
        Set<Integer> drawn = result.heatMaps().stream().map(HeatMap::label).collect(Collectors.toSet());
        List<LabelCard> labels = card().labels();
        List<Integer> rest = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            LabelCard each = labels.get(label);
            boolean positive = each.operatingPoint() != null && result.probabilities()[label] >= each.operatingPoint().threshold();
            if (positive && !drawn.contains(label)) {
                rest.add(label);
            }
        }
        double[] margins = card().margins(result.logits());
        return rest.stream().sorted(Comparator.comparing((Integer label) -> margins[label]).reversed())
                .mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void close() {
        engine.close();
    }
}
